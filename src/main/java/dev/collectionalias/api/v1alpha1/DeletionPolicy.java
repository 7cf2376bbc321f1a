package dev.collectionalias.api.v1alpha1;

/** What happens to the alias in Milvus when its object is deleted. */
public enum DeletionPolicy {
    /** The alias is dropped, if this object owns it and it still points where this object put it. */
    Delete,
    /** The alias stays as it is. */
    Retain
}
