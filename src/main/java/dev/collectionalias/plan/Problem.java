package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.Reason;

/**
 * Why the object is not where it should be, in one word and one sentence.
 *
 * @param pace how the operator waits for a cure
 */
public record Problem(Reason reason, String message, Pace pace) {

    public Problem {
        message = OneLine.of(message);
    }

    public Problem(Reason reason, String message) {
        this(reason, message, Pace.of(reason));
    }

    public boolean isStalled() {
        return pace == Pace.STALLED;
    }
}
