package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Verification;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.VerifyFailurePolicy;
import dev.collectionalias.plan.TimeLeft;
import dev.collectionalias.plan.retirement.Retirement;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Watches a collection after the switch to it, and decides whether it may stay. */
public final class Verifier {

    /** The requester of the rollback that follows. */
    public static final String REQUESTED_BY = "verification";

    private static final int TOO_MANY_FAILURES = 3;

    /** Several asks in the same moment, caused by events, count as one. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int ASKS = 10;

    private Verifier() {}

    /** @param rows how many rows the collection had right before the switch; null if no gate counted them */
    static Situation begin(Situation situation, Long rows) {
        Duration how = situation.spec().cutover().verify().duration().value();
        return situation.remember(
                status -> status.withVerification(new Verification(situation.second().plus(how), null, 0, null, rows)));
    }

    /** Watches a collection after the switch to it, until the time is over. */
    public static Optional<Step> rule(Situation situation) {
        Verification before = situation.status().verification();
        if (before == null || !situation.mapping().name().equals(situation.spec().collection())) {
            return Optional.empty();
        }
        if (situation.spec().cutover().verify() == null) {
            return Optional.of(end(situation));
        }
        return untilFirstAsk(situation, before)
                .<Step>map(left -> Readiness.verifying(situation, left))
                .or(() -> Optional.of(ask(situation)));
    }

    /** Right after a switch there is nothing to see yet. */
    private static Optional<Duration> untilFirstAsk(Situation situation, Verification before) {
        Instant since = situation.status().active().since();
        boolean asked = since == null || before.askedAt() != null && !before.askedAt().isBefore(since);
        return asked
                ? Optional.empty()
                : Optional.of(TimeLeft.of(pause(situation).plus(Situation.PRECISION), since, situation.now()))
                        .filter(Duration::isPositive);
    }

    private static Step ask(Situation situation) {
        Function<Optional<CollectionState>, Step> gates = back -> situation.asking(
                new Need.Gates(situation.mapping(), back, true),
                answer -> answer.map(facts -> judge(situation, back, facts)).orElseGet(situation::look));
        return WayBack.of(situation.subject()).map(CollectionIdentity::collection)
                .map(way -> situation.asking(new Need.Collection(way), gates))
                .orElseGet(() -> gates.apply(Optional.empty()));
    }

    private static Step judge(Situation situation, Optional<CollectionState> back, GateFacts facts) {
        Verification before = situation.status().verification();
        List<GateResult> gates = Gates.judgeAgain(situation.spec().cutover().gates(), facts, before);
        if (Gates.allPassed(gates)) {
            return situation.now().isBefore(before.until()) ? watch(situation, gates, 0) : end(situation);
        }
        int failures = counts(before, gates, situation.now()) ? before.failures() + 1 : before.failures();
        return failures < TOO_MANY_FAILURES
                ? watch(situation, gates, failures)
                : fail(situation, back, gates);
    }

    /** Never watches for longer than the whole duration, even if somebody puts the clock back. */
    private static Step watch(Situation situation, List<GateResult> gates, int failures) {
        Instant latest = situation.second().plus(situation.spec().cutover().verify().duration().value());
        Instant until = situation.status().verification().until();
        Verification watched = situation.status().verification().withUntil(until.isAfter(latest) ? latest : until)
                .withAskedAt(situation.second()).withFailures(failures).withGates(gates);
        return Readiness.verifying(situation.remember(status -> status.withVerification(watched)), pause(situation));
    }

    private static Step end(Situation situation) {
        return Retirement.begin(situation.remember(status -> status.withVerification(null))).keep();
    }

    private static boolean counts(Verification before, List<GateResult> gates, Instant now) {
        boolean another = before.askedAt() == null
                || Duration.between(before.askedAt(), now).abs().compareTo(SHORTEST) >= 0;
        return another && !Gates.onlyUnanswered(gates);
    }

    private static Step fail(Situation situation, Optional<CollectionState> back, List<GateResult> gates) {
        String why = format("verification of %s failed: %s", situation.mapping().name(), Gates.obstacles(gates));
        if (situation.spec().cutover().verify().onFailure() == VerifyFailurePolicy.Hold) {
            return stay(situation, why);
        }
        CollectionIdentity previous = situation.status().previous();
        boolean open = previous != null && back.filter(CollectionState::loaded)
                .filter(found -> found.is(previous.collection(), previous.id())).isPresent();
        return open
                ? Rollbacks.begin(situation, back.get(), REQUESTED_BY, why)
                : stay(situation, format("%s; it is not rolled back, since %s", why,
                        previous == null ? "nothing was there before" : WayBack.obstacle(previous.collection(), back)));
    }

    private static Step stay(Situation situation, String why) {
        return Rejection.reject(situation, Reason.VerifyFailed, why).keep();
    }

    /** How long to wait between two asks. */
    private static Duration pause(Situation situation) {
        Duration share = situation.spec().cutover().verify().duration().value().dividedBy(ASKS);
        return share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }
}
