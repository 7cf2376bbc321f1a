package dev.collectionalias.api.v1alpha1;

/** How alike the schemas of the active collection and the candidate have to be. */
public enum SchemaPolicy {
    /** Every field of the active collection is in the candidate, the same in all that clients depend on. */
    Compatible,
    /** The same, and the candidate has no other fields. */
    Identical,
    /** Schemas are not compared. */
    Ignore
}
