package dev.collectionalias.plan.cutover;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rejected;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;

/**
 * Where an alias is between two collections, as its status remembers it. {@code docs/architecture.md} draws these states
 * and the ways between them.
 */
public enum CutoverState {
    /** There is no alias of this object yet. */
    Absent,
    /** The alias is where the spec wants it, as far as the operator knows. */
    InSync,
    /** The operator waits for a candidate's gates. */
    Checking,
    /** The operator has waited for the candidate's gates for longer than the deadline allows. It goes on asking them. */
    DeadlineExceeded,
    /** A gate said no. */
    GatesFailed,
    /** All gates passed; somebody has to approve. */
    AwaitingPromotion,
    /** The operator has switched the alias, and watches it. */
    Verifying,
    /** The operator is about to switch the alias back. */
    RollingBack,
    /** The operator has switched the alias back. It does not try the spec's collection again. */
    RolledBack,
    /** Somebody gave the candidate up before the switch. */
    Aborted,
    /** Verification failed, and the operator left the alias where it had switched it to. */
    VerifyFailed;

    /** Takes spec and status of one object. The last pass has written that status. */
    public static CutoverState of(CollectionAliasSpec spec, CollectionAliasStatus status) {
        if (status.active() == null) {
            return Absent;
        }
        if (status.rollback() != null) {
            return RollingBack;
        }
        if (isRejected(spec, status)) {
            return afterRejection(status.rejected(), status.active().collection().equals(spec.collection()));
        }
        if (status.verification() != null) {
            return Verifying;
        }
        return status.candidate() == null || isSwitchedAtOnce(status.candidate())
                ? InSync
                : before(status.candidate(), status);
    }

    /** Whether the operator has given up the spec's collection. Another name is another candidate. */
    public static boolean isRejected(CollectionAliasSpec spec, CollectionAliasStatus status) {
        return status.rejected() != null && status.rejected().collection().equals(spec.collection());
    }

    private static CutoverState afterRejection(Rejected rejected, boolean active) {
        if (active) {
            return VerifyFailed;
        }
        return rejected.reason().equals(Reason.Aborted.name()) ? Aborted : RolledBack;
    }

    /** The operator has waited for nothing: it does what it has announced in the same pass, or in the next one. */
    private static boolean isSwitchedAtOnce(Candidate candidate) {
        return Boolean.TRUE.equals(candidate.announced()) && candidate.gates().isEmpty();
    }

    private static CutoverState before(Candidate candidate, CollectionAliasStatus status) {
        if (Gates.anyFailed(candidate.gates())) {
            return GatesFailed;
        }
        boolean late = status.conditions().stream()
                .anyMatch(condition -> condition.type().equals(ConditionType.Stalled.name())
                        && condition.reason().equals(Reason.ProgressDeadlineExceeded.name()));
        if (late) {
            return DeadlineExceeded;
        }
        return Gates.askedAndPassed(candidate.gates()) ? AwaitingPromotion : Checking;
    }
}
