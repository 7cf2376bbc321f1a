package dev.collectionalias.api.v1alpha1;

/** Whether a switch may be confirmed by a property of the collection that it leads to. */
public enum ConfirmationPolicy {
    /** Where the server needs it. */
    Auto,
    /** Nobody but its owner changes the collection. */
    Never
}
