package dev.collectionalias.plan.ownership;

import static java.lang.String.format;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.DriftPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.cutover.Rejection;
import dev.collectionalias.plan.cutover.Rollbacks;
import dev.collectionalias.plan.cutover.Targets;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Attempt;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Rules about an alias that this object holds, and that somebody else has moved or dropped. */
public final class Drift {

    private Drift() {}

    /** The alias is gone though this object holds it. */
    public static Optional<Step> restores(Situation situation) {
        if (situation.status().active() == null) {
            return Optional.empty();
        }
        Optional<CollectionState> before = stillThere(situation);
        if (before.isEmpty()) {
            return Rollbacks.fromNothing(situation).or(() -> Optional.of(repair(situation)));
        }
        String what = format("alias %s was dropped by somebody else", situation.spec().alias());
        return Optional.of(leftAlone(situation, what).orElseGet(() -> new Step.Call(Confirmation.doubt(situation),
                new Effect.Create(before.get(), Cause.Drift))));
    }

    /** Somebody dropped its collection, and perhaps made it anew. The alias dangles, and serves nobody. */
    private static Step repair(Situation situation) {
        if (CutoverState.isRejected(situation.spec(), situation.status())) {
            return Readiness.blocked(situation,
                    Rejection.problem(situation, situation.status().active().collection()));
        }
        return Targets.ifFound(situation, collection -> new Step.Call(Attempt.announce(situation, collection),
                new Effect.Create(collection, Cause.Repaired)));
    }

    /** The collection that the alias pointed at. A new one under its name is another one. */
    private static Optional<CollectionState> stillThere(Situation situation) {
        Active active = situation.status().active();
        return situation.milvus().active().filter(collection -> collection.is(active.collection(), active.id()));
    }

    /** Somebody else moved the alias to a collection that the spec does not name. */
    public static Optional<Step> corrects(Situation situation) {
        String what = format("somebody else moved alias %s from %s to %s", situation.spec().alias(),
                situation.status().active().collection(), situation.mapping().name());
        return Optional.of(leftAlone(situation, what).orElseGet(() -> moveBack(situation, what)));
    }

    private static Step moveBack(Situation situation, String what) {
        CollectionState mapping = situation.mapping();
        Optional<CollectionState> before = stillThere(situation);
        boolean servesWorse = before.isEmpty() || mapping.loaded() && !before.get().loaded();
        if (!servesWorse) {
            return new Step.Call(Confirmation.doubt(situation),
                    new Effect.Switch(before.get(), Cause.Drift, "drift"));
        }
        Active active = situation.status().active();
        boolean wantsAnother = situation.milvus().target() instanceof Target.Found found
                && !found.collection().is(active.collection(), active.id());
        if (wantsAnother) {
            // From where it is now, an ordinary cutover leads to where it should be.
            return Ownership.external(situation);
        }
        return Readiness.blocked(situation, new Problem(Reason.Drifted,
                format("%s, and it is not moved back because %s", what, before.isEmpty()
                        ? "that collection is gone"
                        : "that collection is not loaded")));
    }

    /** The obstacle to correcting a drift, if there is one. */
    private static Optional<Step> leftAlone(Situation situation, String what) {
        if (situation.spec().driftPolicy() == DriftPolicy.Report) {
            return Optional.of(Readiness.blocked(situation,
                    new Problem(Reason.Drifted, what + "; it is left so because driftPolicy is Report")));
        }
        return Contest.isOn(situation.subject())
                ? Optional.of(Readiness.blocked(situation, contested(situation, what + " again and again")))
                : Optional.empty();
    }

    static Problem contested(Situation situation, String what) {
        return new Problem(Reason.OwnershipContested, format("%s; stop the other writer, then annotate %s=%d", what,
                Api.RETRY, situation.subject().generation()));
    }

    /** A contest is over once the alias has stayed in place for as long as a correction counts. */
    static Situation forgetOldCorrections(Situation situation) {
        return Contest.isRecent(situation.subject(), situation.status().corrections(), situation.now())
                ? situation
                : situation.remember(status -> status.withCorrections(List.of()));
    }
}
