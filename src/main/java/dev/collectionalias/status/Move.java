package dev.collectionalias.status;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.plan.Outcome;

/**
 * How an alias came to point where it does.
 *
 * @param took        how long the call that changed it took; null if it was found there
 * @param toConfirm   whether the call has to be sent once more
 * @param requestedBy who wanted it; null if nobody asked
 * @param gates       what the gates had said
 */
record Move(Duration took, boolean toConfirm, String requestedBy, List<GateResult> gates) {

    /** Nothing was called, or it is not known any more what the call was like. */
    static Move found(String requestedBy, boolean toConfirm) {
        return new Move(null, toConfirm, requestedBy, List.of());
    }

    /** Whether searches may miss what came of a decision. */
    static boolean isToConfirm(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done done -> done.toConfirm();
            case Outcome.Found found -> found.toConfirm();
            default -> false;
        };
    }
}
