package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rejected;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rollback;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.OneLine;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** A candidate that was given up: the operator does not try it again by itself. */
public final class Rejection {

    private Rejection() {}

    static Situation reject(Situation situation, Reason reason, String why) {
        Rollback rollback = situation.status().rollback();
        // The spec may name another collection since the rollback began, and nobody has given that up.
        String what = rollback == null || rollback.rejects() == null
                ? situation.spec().collection()
                : rollback.rejects();
        Rejected rejected = what.equals(situation.spec().collection())
                ? new Rejected(what, situation.subject().generation(), reason.name(), OneLine.of(why))
                : null;
        return situation.remember(status -> status.withRejected(rejected).withCandidate(null).withVerification(null)
                .withRollback(null));
    }

    /** The operator wants the spec's collection again. */
    public static Situation accept(Situation situation) {
        return situation.remember(status -> status.withRejected(null));
    }

    /** A given-up candidate stays so, whatever becomes of the collection that serves instead. */
    public static Optional<Step> rule(Situation situation) {
        return CutoverState.isRejected(situation.spec(), situation.status())
                ? Optional.of(Readiness.blocked(situation, problem(situation, situation.mapping().name())))
                : Optional.empty();
    }

    /** @param active the collection that serves instead, or did until somebody dropped it */
    public static Problem problem(Situation situation, String active) {
        Rejected rejected = situation.status().rejected();
        boolean left = !active.equals(rejected.collection());
        Reason reason = left && rejected.reason().equals(Reason.VerifyFailed.name())
                ? Reason.RolledBack
                : Reason.valueOf(rejected.reason());
        return new Problem(reason, format("%s; change spec.collection, or ask for a retry", rejected.message()));
    }
}
