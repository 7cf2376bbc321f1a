package dev.collectionalias.api.v1alpha1;

/** What to do when the verification after a switch fails. */
public enum VerifyFailurePolicy {
    /** Switch back to the previous collection, if that still serves. */
    Rollback,
    /** Leave the alias and say so. */
    Hold
}
