package dev.collectionalias.plan.step;

import static java.lang.String.format;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Sight;

/** The words of a pass at its end, in conditions and Events, and the time of its next look. */
public final class Readiness {

    /** Fallback in case an event was lost. */
    private static final Duration IF_NOT_WOKEN = Duration.ofSeconds(30);
    private static final Duration UNTIL_THE_CACHE_KNOWS = Duration.ofMillis(100);

    private Readiness() {}

    /** An event will tell more. */
    public static Step.Rest untilAnEvent(Situation situation) {
        return quiet(situation, IF_NOT_WOKEN);
    }

    /** The pass has nothing new to say, and knows when to look again. */
    public static Step.Rest quiet(Situation situation, Duration delay) {
        return new Step.Rest(situation, new Conclusion.Nothing(), delay);
    }

    /**
     * Goes on after the status has lost a field. While the object is being deleted the pass ends here. The SDK takes the
     * finalizer away by a patch from the object that the pass began with. The API server refuses that after such a loss.
     */
    public static Step afterForgetting(Situation situation) {
        return situation.subject().isDeleting() ? quiet(situation, UNTIL_THE_CACHE_KNOWS) : situation.look();
    }

    /** Something is in the way, but not the gates. So the progress deadline's clock stands still. */
    public static Step.Rest blocked(Situation situation, Problem problem) {
        return held(CandidateClock.stop(situation), problem, List.of());
    }

    /** The gates are in the way, or an approval. */
    public static Step.Rest held(Situation situation, Problem problem, List<GateResult> gates) {
        boolean deleting = situation.subject().isDeleting();
        Situation seen = serving(deleting
                ? situation
                : situation.sight().endpoint().map(now -> Memory.disownUnlessOn(situation, now)).orElse(situation),
                problem);
        boolean neverDropped = problem.reason() == Reason.DropFailed && problem.isStalled();
        // The server dropped nothing, so nothing has to be mended, and other drops need not wait for this one.
        Situation mended = neverDropped ? seen.remember(status -> status.withNeighbours(List.of())) : seen;
        Situation said = mended.looked().judging(conditions -> {
            var blocked = conditions.blocked(problem);
            return problem.reason() == Reason.Drifted || problem.reason() == Reason.OwnershipContested
                    ? blocked.with(ConditionType.InSync, ConditionStatus.False, problem.reason(), problem.message())
                    : blocked;
        });
        Situation inPlace = isInPlace(said) ? inSync(said) : said;
        // The operator told a rollback with its cause when it made it.
        boolean news = !deleting && problem.reason() != Reason.RolledBack && !isSaid(situation, problem.reason());
        return new Step.Rest(news
                ? inPlace.tell(Announcement.warning(problem.reason(), problem.message()))
                : inPlace, new Conclusion.Blocked(problem, gates),
                problem.pace().untilNextLook(inPlace.conditions().since(ConditionType.Ready), situation.now(),
                        situation.chance()));
    }

    private static boolean isSaid(Situation situation, Reason reason) {
        return situation.subject().condition(ConditionType.Ready).map(Condition::reason)
                .filter(reason.name()::equals).isPresent();
    }

    private static boolean isInPlace(Situation situation) {
        return situation.sight() instanceof Sight.Clear clear && clear.observation().mapping()
                .filter(mapping -> Memory.isAt(situation.status(), mapping)).isPresent();
    }

    private static Situation serving(Situation situation, Problem problem) {
        return switch (situation.sight()) {
            case Sight.Elsewhere elsewhere -> Memory.disown(situation, elsewhere.key().endpoint());
            case Sight.Clear clear -> clear.observation().mapping().map(mapping -> observed(situation, mapping))
                    .orElseGet(() -> serving(situation, ConditionStatus.False, problem));
            case Sight.NoConnection ignored -> serving(situation, ConditionStatus.Unknown, problem);
            case Sight.NotAllowed not -> not.lostOn().map(endpoint -> Memory.disown(situation, endpoint))
                    .orElseGet(() -> serving(situation, ConditionStatus.Unknown, problem));
            case Sight.Unclear ignored -> serving(situation, ConditionStatus.Unknown, problem);
            case Sight.Unneeded ignored -> situation;
            case Sight.KindLeaving ignored -> situation;
            case Sight.Connecting ignored -> situation;
        };
    }

    /**
     * The alias is where it should be.
     *
     * @param unconfirmed whether the server may still answer some searches from the collection before
     */
    public static Step.Rest inSync(Situation situation, boolean unconfirmed) {
        CollectionState at = situation.mapping();
        String alias = situation.spec().alias();
        Situation said = serving(inSync(situation.looked().judging(conditions -> unconfirmed
                ? conditions.reconciling(Reason.Verifying, format(
                        "alias %s points at %s; the server may answer some searches from the collection before "
                                + "until the switch is confirmed, in a moment",
                        alias, at.name()))
                : conditions.ready(Reason.InSync, format("alias %s points at %s", alias, at.name())))), at);
        return new Step.Rest(said, new Conclusion.InSync(), untilRefresh(said));
    }

    private static Duration untilRefresh(Situation situation) {
        CollectionState at = situation.mapping();
        Duration refresh = Pace.untilRefresh(
                situation.key().endpoint() + '/' + situation.key().database() + '/' + at.name(),
                situation.spec().refreshInterval().value(), situation.now());
        // The status should not show an outage for longer than it lasts.
        Duration untilLoaded = Pace.STALLED.untilNextLook(situation.conditions().since(ConditionType.Serving),
                situation.now(), situation.chance());
        return at.loaded() || refresh.compareTo(untilLoaded) < 0 ? refresh : untilLoaded;
    }

    /** The operator has switched the alias, and watches it. */
    public static Step.Rest verifying(Situation situation, Duration delay) {
        CollectionState at = situation.mapping();
        Situation said = observed(situation.looked(), at).judging(conditions -> conditions.reconciling(Reason.Verifying,
                format("alias %s points at %s, which is being verified", situation.spec().alias(), at.name())));
        return new Step.Rest(said, new Conclusion.Verifying(), delay);
    }

    /** The operator corrects nothing, but sees what happens in the meantime. */
    public static Step.Rest suspended(Situation situation) {
        Situation observed = switch (situation.sight()) {
            case Sight.Clear clear -> clear.observation().mapping().map(at -> moved(situation, at))
                    .orElseGet(() -> serving(situation, ConditionStatus.False, new Problem(Reason.Suspended,
                            format("alias %s does not exist", situation.spec().alias()))));
            case Sight.NoConnection none -> serving(situation, ConditionStatus.Unknown, none.problem());
            case Sight.NotAllowed not -> serving(situation, ConditionStatus.Unknown, not.problem());
            case Sight.Unclear unclear -> serving(situation, ConditionStatus.Unknown, unclear.problem());
            case Sight.Elsewhere ignored -> situation;
            case Sight.Unneeded ignored -> situation;
            case Sight.KindLeaving ignored -> situation;
            case Sight.Connecting ignored -> situation;
        };
        Situation said = CandidateClock.stop(observed).remember(status -> status.withRetiring(List.of()))
                .judging(conditions -> conditions.suspended(
                        format("alias %s is observed but not changed while spec.suspend is true",
                                situation.spec().alias())));
        return new Step.Rest(said, new Conclusion.Suspended(), Pace.untilRefresh(situation.subject().name().toString(),
                situation.spec().refreshInterval().value(), situation.now()));
    }

    private static Situation moved(Situation situation, CollectionState at) {
        Situation seen = observed(situation, at);
        return situation.status().active() == null || Memory.isAt(situation.status(), at)
                ? seen
                : seen.saying(conditions -> conditions.with(ConditionType.InSync, ConditionStatus.False, Reason.Drifted,
                        format("somebody else moved alias %s from %s to %s", situation.spec().alias(),
                                situation.status().active().collection(), at.name())));
    }

    private static Situation observed(Situation situation, CollectionState mapping) {
        Situation seen = serving(situation, mapping);
        return Memory.isAt(situation.status(), mapping) ? inSync(Memory.follow(seen, mapping)) : seen;
    }

    private static Situation inSync(Situation situation) {
        return situation.saying(conditions -> conditions.with(ConditionType.InSync, ConditionStatus.True, Reason.InSync,
                "nobody else has moved the alias"));
    }

    private static Situation serving(Situation situation, CollectionState mapping) {
        return situation.saying(conditions -> mapping.loaded()
                ? conditions.with(ConditionType.Serving, ConditionStatus.True, Reason.InSync,
                        format("%s is loaded", mapping.name()))
                : conditions.with(ConditionType.Serving, ConditionStatus.False, Reason.CollectionNotLoaded,
                        format("%s is not loaded, so that searches fail", mapping.name())));
    }

    private static Situation serving(Situation situation, ConditionStatus value, Problem problem) {
        return situation.saying(
                conditions -> conditions.with(ConditionType.Serving, value, problem.reason(), problem.message()));
    }
}
