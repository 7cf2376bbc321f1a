package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rollback;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.VerifyFailurePolicy;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.OneLine;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.retirement.Retirement;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** The way back. The operator writes the intent before the call, and remembers afterwards which collection it gave up. */
public final class Rollbacks {

    private Rollbacks() {}

    /** Points the alias back, or creates it there if it dangles. */
    static Step begin(Situation situation, CollectionState to, String requestedBy, String why) {
        Situation intent = situation.remember(status -> status.withRollback(new Rollback(to.name(), to.id(),
                requestedBy, OneLine.of(why), situation.spec().collection())))
                .judging(conditions -> conditions.reconciling(Reason.GatesPending,
                        format("alias %s is about to go back to %s: %s", situation.spec().alias(), to.name(), why)));
        return new Step.Call(intent, back(intent, to));
    }

    private static Effect back(Situation situation, CollectionState to) {
        return situation.milvus().mapping().<Effect>map(from -> new Effect.Switch(from, to, Cause.RolledBack,
                situation.status().rollback().requestedBy()))
                .orElseGet(() -> new Effect.Create(to, Cause.RolledBack));
    }

    /** Finishes a rollback that is under way, if the way is still open. */
    public static Optional<Step> rule(Situation situation) {
        Rollback rollback = situation.status().rollback();
        return rollback == null
                ? Optional.empty()
                : Optional.of(situation.asking(new Need.Collection(rollback.collection()),
                        back -> goOn(situation, rollback, back)));
    }

    private static Step goOn(Situation situation, Rollback rollback, Optional<CollectionState> back) {
        boolean same = back.filter(found -> found.is(rollback.collection(), rollback.id())).isPresent();
        if (same && WayBack.isOpen(situation.mapping(), back)) {
            return new Step.Call(situation, back(situation, back.get()));
        }
        String why = format("%s, and %s", rollback.why(), WayBack.obstacle(rollback.collection(), back));
        return rollback.requestedBy().equals(Verifier.REQUESTED_BY)
                ? Rejection.reject(situation, Reason.VerifyFailed, why).keep()
                : stay(situation).tell(Announcement.warning(Reason.RequestIgnored, "no rollback: " + why)).keep();
    }

    private static Situation stay(Situation situation) {
        return situation.remember(status -> status.withRollback(null).withCandidate(null));
    }

    /** Somebody dropped the collection behind the alias, and nobody is served. So the operator takes a way back that is open. */
    public static Optional<Step> fromNothing(Situation situation) {
        return WayBack.of(situation.subject())
                .flatMap(way -> situation.askingMaybe(new Need.Collection(way.collection()),
                        found -> found.filter(CollectionState::loaded)
                                .filter(back -> back.is(way.collection(), way.id()))
                                .flatMap(back -> fromNothing(situation, back))));
    }

    private static Optional<Step> fromNothing(Situation situation, CollectionState back) {
        CollectionAliasStatus status = situation.status();
        if (status.rollback() != null) {
            return Optional.of(new Step.Call(situation, back(situation, back)));
        }
        String why = format("%s was dropped under the alias", status.active().collection());
        Optional<Request> asked = situation.subject().pending(Request.Kind.ROLLBACK);
        if (asked.isPresent()) {
            return Optional.of(begin(situation.handled(asked.get()), back, Request.Kind.ROLLBACK.key(), why));
        }
        boolean watched = status.verification() != null && situation.spec().cutover().verify() != null
                && situation.spec().cutover().verify().onFailure() == VerifyFailurePolicy.Rollback;
        return watched ? Optional.of(begin(situation, back, Verifier.REQUESTED_BY, why)) : Optional.empty();
    }

    /** Whether the alias is where a rollback was about to bring it. */
    public static boolean isTarget(CollectionAliasStatus status, CollectionState mapping) {
        return status.rollback() != null && mapping.is(status.rollback().collection(), status.rollback().id());
    }

    /**
     * The alias is back. The operator does not try the collection that it came from again, though the spec may still name
     * it.
     */
    static Situation arrived(Situation situation, CollectionIdentity from, CollectionState to) {
        Situation canceled = Retirement.cancel(situation);
        if (to.name().equals(situation.spec().collection())) {
            return Rejection.accept(stay(canceled));
        }
        Rollback rollback = situation.status().rollback();
        boolean unverified = rollback.requestedBy().equals(Verifier.REQUESTED_BY);
        return Rejection.reject(canceled, unverified ? Reason.VerifyFailed : Reason.RolledBack,
                format("rolled back from %s to %s: %s", from.collection(), to.name(), rollback.why()));
    }
}
