package dev.collectionalias.api.v1alpha1;

/** The decider about a switch to a candidate that has passed its gates. */
public enum PromotionMode {
    /** The gates decide alone. */
    Automatic,
    /** A person or Git decides, by the annotation {@code promote} or by {@code approvedCollection}. */
    Manual
}
