package dev.collectionalias.plan.retirement;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.proof.Proofs;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.RetirementFacts;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Decides about collections that an alias has left for good. The operator releases one that nobody needs from memory, and never
 * drops it. In doubt it stays.
 */
public final class Retirement {

    /** How long the operator waits for the next look at a collection that it could not look at or release. */
    private static final Duration AGAIN = Duration.ofSeconds(30);
    /** Memory is not worth more haste. */
    private static final Duration LATER = Duration.ofMinutes(1);

    private Retirement() {}

    /** A cutover went well. The operator releases the collection before it later, where the spec wants that. */
    public static Situation begin(Situation situation) {
        Cutover.Retirement retirement = situation.spec().cutover().retirement();
        CollectionIdentity previous = situation.status().previous();
        if (retirement == null || previous == null) {
            return situation;
        }
        Retiring added = new Retiring(previous.collection(), previous.id(), null,
                situation.second().plus(retirement.releaseAfter().value()), null);
        return situation.remember(status -> status.withRetiring(Stream.concat(
                status.retiring().stream().filter(old -> !old.collection().equals(previous.collection())),
                Stream.of(added)).toList()));
    }

    /** After a rollback the operator releases nothing any more. */
    public static Situation cancel(Situation situation) {
        return situation.remember(status -> status.withRetiring(List.of()));
    }

    /** The next step with a collection whose rows are to be counted, or whose time has come. */
    public static Optional<Step> rule(Situation situation) {
        return wanted(situation.subject()).filter(retiring -> isDue(situation.subject(), retiring, situation.now()))
                .map(retiring -> situation.askingMaybe(new Need.Retirement(retiring.collection()),
                        facts -> facts.flatMap(known -> step(situation, retiring, known))))
                .flatMap(Optional::stream).findFirst();
    }

    /** How long until the operator has to look at a collection. */
    public static Optional<Duration> untilDue(Situation situation) {
        Instant now = situation.now();
        return wanted(situation.subject())
                .map(retiring -> isDue(situation.subject(), retiring, now) || !now.isBefore(retiring.at())
                        ? AGAIN
                        : Duration.between(now, retiring.at()))
                .min(Duration::compareTo);
    }

    private static Stream<Retiring> wanted(Subject subject) {
        return subject.spec().cutover().retirement() == null ? Stream.empty() : subject.status().retiring().stream();
    }

    private static boolean isDue(Subject subject, Retiring retiring, Instant now) {
        return retiring.rows() == null || !now.isBefore(retiring.at()) && !mayBeSearched(subject);
    }

    /** Searches that stay behind would fail for good once the operator releases their collection. */
    private static boolean mayBeSearched(Subject subject) {
        return subject.status().active() != null && Confirmation.isPending(subject.status().active())
                || Proofs.isOpen(subject);
    }

    private static Optional<Step> step(Situation situation, Retiring retiring, RetirementFacts facts) {
        if (facts.unreadable().filter(Retirement::isCurable).isPresent()) {
            return defer(situation, retiring, facts.unreadable().get());
        }
        if (facts.unreadable().isPresent() || facts.now().filter(CollectionState::loaded).isEmpty()) {
            return Optional.of(keepLoaded(situation, retiring, facts.unreadable().map(Problem::message)));
        }
        Optional<String> obstacle = obstacle(retiring, facts, situation.now());
        if (obstacle.isPresent()) {
            return Optional.of(keepLoaded(situation, retiring, obstacle));
        }
        if (retiring.rows() == null) {
            return Optional.of(count(situation, retiring, facts.rows()));
        }
        return situation.now().isBefore(retiring.at())
                ? Optional.empty()
                : Optional.of(new Step.Call(situation, new Effect.Release(retiring)));
    }

    /** Whether somebody can cure it without a change of the object or of the collection: by granting a privilege. */
    private static boolean isCurable(Problem problem) {
        return problem.reason() == Reason.PermissionDenied;
    }

    private static Optional<String> obstacle(Retiring retiring, RetirementFacts facts, Instant now) {
        String id = facts.now().orElseThrow().id();
        if (id.equals(CollectionState.NO_ID)) {
            return Optional.of("the server has no ids to tell it from a new one of its name");
        }
        if (!id.equals(retiring.id())) {
            return Optional.of("it was made anew");
        }
        if (retiring.rows() != null && facts.rows() != retiring.rows()) {
            return Optional.of(format("its rows changed from %,d to %,d, so that somebody still writes to it",
                    retiring.rows(), facts.rows()));
        }
        if (now.isBefore(retiring.at())) {
            return Optional.empty(); // a user of the collection may be gone by then
        }
        if (!facts.aliases().isEmpty()) {
            return Optional.of(format("alias %s points at it", facts.aliases().getFirst()));
        }
        return facts.users().stream().findFirst().map(user -> format("CollectionAlias %s names it", user));
    }

    /** If the operator counts the rows late, they have to stay unchanged from then on for the whole time. */
    private static Step count(Situation situation, Retiring retiring, long rows) {
        Instant earliest = situation.now().plus(situation.spec().cutover().retirement().releaseAfter().value());
        Instant at = situation.now().isBefore(retiring.at()) ? retiring.at() : earliest;
        return replace(situation, retiring, retiring.withRows(rows).withAt(seconds(at)).withMessage(null)).keep();
    }

    /** The operator tells the problem once, and looks again and again. */
    private static Optional<Step> defer(Situation situation, Retiring retiring, Problem problem) {
        return isDeferred(retiring, problem)
                ? Optional.empty()
                : Optional.of(deferred(situation, retiring, problem).keep());
    }

    private static boolean isDeferred(Retiring retiring, Problem problem) {
        return notReleased(retiring, problem).equals(retiring.message());
    }

    private static Situation deferred(Situation situation, Retiring retiring, Problem problem) {
        String why = notReleased(retiring, problem);
        Situation deferred = replace(situation, retiring, retiring.withMessage(why));
        return isDeferred(retiring, problem)
                ? deferred
                : deferred.tell(Announcement.warning(problem.reason(), why));
    }

    /** @param why empty if the collection is not in memory any more */
    private static Step keepLoaded(Situation situation, Retiring retiring, Optional<String> why) {
        Situation forgotten = forget(situation, retiring);
        return why.map(obstacle -> forgotten.tell(Announcement.normal(Reason.Retired,
                format("%s stays in memory: %s", retiring.collection(), obstacle)))).orElse(forgotten).keep();
    }

    /** Reacts to an attempt to release a collection. The alias is where it should be all the same. */
    public static Step after(Situation situation, Effect.Release release, Outcome outcome) {
        Retiring retiring = release.retiring();
        if (!(outcome instanceof Outcome.Failed failed)) {
            return forget(situation, retiring).tell(Announcement.normal(Reason.Retired,
                    format("released %s from memory", retiring.collection()))).keep();
        }
        Problem problem = failed.problem();
        if (isCurable(problem)) {
            return Readiness.inSync(deferred(situation, retiring, problem),
                    Confirmation.isAwaited(situation.subject()));
        }
        Situation later = problem.isStalled()
                ? forget(situation, retiring)
                : replace(situation, retiring,
                        retiring.withAt(seconds(situation.now().plus(LATER))).withMessage(null));
        return later.tell(Announcement.warning(problem.reason(), notReleased(retiring, problem))).keep();
    }

    private static String notReleased(Retiring retiring, Problem problem) {
        return format("%s could not be released from memory: %s", retiring.collection(), problem.message());
    }

    private static Instant seconds(Instant at) {
        return at.truncatedTo(ChronoUnit.SECONDS);
    }

    private static Situation replace(Situation situation, Retiring old, Retiring by) {
        return situation.remember(status -> status.withRetiring(
                status.retiring().stream().map(entry -> entry.equals(old) ? by : entry).toList()));
    }

    private static Situation forget(Situation situation, Retiring old) {
        return situation.remember(status -> status
                .withRetiring(status.retiring().stream().filter(entry -> !entry.equals(old)).toList()));
    }
}
