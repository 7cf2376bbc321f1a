package dev.collectionalias.api.v1alpha1;

/** What the operator does if the verification after a switch fails. */
public enum VerifyFailurePolicy {
    /** Switch back to the previous collection, if that still serves. */
    Rollback,
    /** Leave the alias where it is, and report the failure. */
    Hold
}
