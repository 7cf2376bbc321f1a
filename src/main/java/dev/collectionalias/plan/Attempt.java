package dev.collectionalias.plan;

import java.util.Objects;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;

/**
 * Tells this operator's own switch from somebody else's. A switch is not announced in the status, so that one whose
 * operator was killed, or whose answer was lost, is found done and not remembered.
 */
final class Attempt {

    /** What status says while a switch is about to be made, or after one whose outcome is not known. */
    private static final Set<String> BEFORE_OR_AFTER_A_CALL = Set.of(Reason.GatesPending.name(),
            Reason.ConnectionFailed.name(), Reason.ServerError.name(), Reason.RateLimited.name(),
            Reason.InternalError.name(), Reason.CollectionNotFound.name(), Reason.CollectionNotLoaded.name(),
            Reason.GatesFailed.name(), Reason.ProgressDeadlineExceeded.name());

    private Attempt() {}

    /** Whether this operator may have acted upon the spec as it is now. */
    static boolean mayHaveHappened(Subject subject) {
        boolean specIsNews = !Objects.equals(subject.status().observedGeneration(), subject.generation());
        // Nobody's approval is acted upon twice, so that one that is not handled may be what it was switched for.
        boolean approvalIsNews = subject.pending(Request.Kind.PROMOTE).isPresent();
        return specIsNews || approvalIsNews || subject.status().conditions().stream().anyMatch(Attempt::surroundsACall);
    }

    private static boolean surroundsACall(Condition condition) {
        return condition.type().equals(ConditionType.Ready.name())
                && BEFORE_OR_AFTER_A_CALL.contains(condition.reason());
    }
}
