package dev.collectionalias.api.v1alpha1;

/** How similar the schemas of the active collection and the candidate have to be. */
public enum SchemaPolicy {
    /** The candidate has every field of the active collection, the same in everything that clients depend on. */
    Compatible,
    /** Like {@link #Compatible}, and the candidate has no other fields. */
    Identical,
    /** The operator does not compare schemas. */
    Ignore
}
