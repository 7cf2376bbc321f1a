package dev.collectionalias.api.v1alpha1;

/** Whether the operator asks through the alias which collection answers after a switch. */
public enum ProofPolicy {
    /** It asks three times, by a row that tells the two collections apart. This costs about a dozen short calls for each switch. */
    Auto,
    /** It asks nothing. */
    Never
}
