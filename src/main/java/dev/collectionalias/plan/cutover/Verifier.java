package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Verification;
import dev.collectionalias.api.v1alpha1.VerifyFailurePolicy;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Subject;

/** Watches a collection after the switch to it, and decides whether it may stay. */
public final class Verifier {

    /** Who asks for the rollback that follows. */
    public static final String REQUESTED_BY = "verification";

    private static final int TOO_MANY_FAILURES = 3;

    /** Asks in the same moment, caused by an event, are one ask. */
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofSeconds(15);
    private static final int ASKS = 10;

    private Verifier() {}

    static Decision decide(Subject subject, CollectionState mapping, Observation seen, Instant now) {
        Verification before = subject.status().verification();
        List<GateResult> gates = Gates.judgeAgain(subject.spec().cutover().gates(), seen.facts().orElseThrow());
        if (Gates.allPassed(gates)) {
            return now.isBefore(before.until()) ? new Decision.Watch(gates, 0) : new Decision.Verified();
        }
        int failures = counts(before, gates, now) ? before.failures() + 1 : before.failures();
        return failures < TOO_MANY_FAILURES
                ? new Decision.Watch(gates, failures)
                : fail(subject, mapping, seen, gates);
    }

    private static boolean counts(Verification before, List<GateResult> gates, Instant now) {
        boolean another = before.askedAt() == null
                || Duration.between(before.askedAt(), now).abs().compareTo(SHORTEST) >= 0;
        return another && !Gates.onlyUnanswered(gates);
    }

    private static Decision fail(Subject subject, CollectionState mapping, Observation seen, List<GateResult> gates) {
        String why = format("verification of %s failed: %s", mapping.name(), Gates.obstacles(gates));
        if (subject.spec().cutover().verify().onFailure() == VerifyFailurePolicy.Hold) {
            return new Decision.KeepUnverified(why);
        }
        var previous = subject.status().previous();
        boolean open = previous != null
                && seen.back().filter(back -> back.is(previous.collection(), previous.id())).isPresent()
                && seen.back().get().loaded();
        return open
                ? new Decision.GoBack(seen.back().get(), REQUESTED_BY, why, Optional.empty())
                : new Decision.KeepUnverified(format("%s; it is not rolled back, since %s", why,
                        previous == null ? "nothing was there before" : WayBack.obstacle(previous.collection(), seen)));
    }

    /** How long to wait between two asks. */
    public static Duration pause(Subject subject) {
        Duration share = subject.spec().cutover().verify().duration().value().dividedBy(ASKS);
        return share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }
}
