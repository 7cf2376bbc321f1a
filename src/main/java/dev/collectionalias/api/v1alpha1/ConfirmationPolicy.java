package dev.collectionalias.api.v1alpha1;

/** Whether the operator may confirm a switch by a property of the new collection. */
public enum ConfirmationPolicy {
    /** If the server needs it. */
    Auto,
    /** Never: only its owner changes the collection. */
    Never
}
