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
    /** The alias is where the spec wants it, as far as is known. */
    InSync,
    /** A candidate's gates are waited for. */
    Checking,
    /** The candidate's gates were waited for longer than the deadline allows; they are still asked. */
    DeadlineExceeded,
    /** A gate said no. */
    GatesFailed,
    /** All gates passed; somebody has to approve. */
    AwaitingPromotion,
    /** The alias was switched and is being watched. */
    Verifying,
    /** The alias is about to be switched back. */
    RollingBack,
    /** The alias was switched back; what the spec names is not tried again. */
    RolledBack,
    /** The candidate was given up before the switch. */
    Aborted,
    /** Verification failed, and the alias was left at what it was switched to. */
    VerifyFailed;

    /** Spec and status of one object; the status is the one that the last pass has written. */
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

    /** Whether what the spec names was given up; another name is another candidate. */
    public static boolean isRejected(CollectionAliasSpec spec, CollectionAliasStatus status) {
        return status.rejected() != null && status.rejected().collection().equals(spec.collection());
    }

    private static CutoverState afterRejection(Rejected rejected, boolean active) {
        if (active) {
            return VerifyFailed;
        }
        return rejected.reason().equals(Reason.Aborted.name()) ? Aborted : RolledBack;
    }

    /** Nothing was waited for: what is announced is done in the same pass, or in the next one. */
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
