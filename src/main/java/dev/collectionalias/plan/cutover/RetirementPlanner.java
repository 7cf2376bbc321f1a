package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Confirmation;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;

/**
 * Decides about collections that an alias has left for good: one that nobody needs is released from memory, never
 * dropped. In doubt it stays.
 */
public final class RetirementPlanner {

    /** Between two looks at a collection that could not be looked at, or not be released. */
    private static final Duration AGAIN = Duration.ofSeconds(30);

    private RetirementPlanner() {}

    /** The collection to look at now: one whose rows are not counted yet, or whose time has come. */
    public static Optional<Retiring> due(Subject subject, Instant now) {
        return wanted(subject).filter(retiring -> isDue(subject, retiring, now)).findFirst();
    }

    /** How long until there is one to look at. */
    public static Optional<Duration> untilDue(Subject subject, Instant now) {
        return wanted(subject)
                .map(retiring -> isDue(subject, retiring, now) || !now.isBefore(retiring.at())
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

    /** Searches that stay behind would fail for good once their collection is released. */
    private static boolean mayBeSearched(Subject subject) {
        return subject.status().active() != null && Confirmation.isPending(subject.status().active());
    }

    static Optional<Decision> decide(Observation seen, Instant now) {
        return seen.retired().flatMap(facts -> decide(facts, now));
    }

    /** Whether somebody can cure it without a change of the object or of the collection: by granting a privilege. */
    public static boolean isCurable(Problem problem) {
        return problem.reason() == Reason.PermissionDenied;
    }

    private static Optional<Decision> decide(RetirementFacts facts, Instant now) {
        Retiring retiring = facts.about();
        if (facts.unreadable().filter(RetirementPlanner::isCurable).isPresent()) {
            return Optional.of(new Decision.DeferRelease(retiring, facts.unreadable().get()));
        }
        if (facts.unreadable().isPresent() || facts.now().filter(CollectionState::loaded).isEmpty()) {
            return Optional.of(new Decision.KeepLoaded(retiring, facts.unreadable().map(Problem::message)));
        }
        Optional<String> obstacle = obstacle(facts, now);
        if (obstacle.isPresent()) {
            return Optional.of(new Decision.KeepLoaded(retiring, obstacle));
        }
        if (retiring.rows() == null) {
            return Optional.of(new Decision.CountRetiring(retiring, facts.rows()));
        }
        return now.isBefore(retiring.at()) ? Optional.empty() : Optional.of(new Decision.Release(retiring));
    }

    private static Optional<String> obstacle(RetirementFacts facts, Instant now) {
        Retiring retiring = facts.about();
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
            return Optional.empty(); // who needs it may be gone by then
        }
        if (!facts.aliases().isEmpty()) {
            return Optional.of(format("alias %s points at it", facts.aliases().getFirst()));
        }
        return facts.users().stream().findFirst().map(user -> format("CollectionAlias %s names it", user));
    }
}
