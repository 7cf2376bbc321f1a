package dev.collectionalias.api.v1alpha1;

/** Who decides that a candidate that passed its gates is switched to. */
public enum PromotionMode {
    /** The gates alone. */
    Automatic,
    /** A person or Git: by the annotation {@code promote} or by {@code approvedCollection}. */
    Manual
}
