package dev.collectionalias.api.v1alpha1;

/** What the operator does with the alias in Milvus when somebody deletes its object. */
public enum DeletionPolicy {
    /** The operator drops the alias if the object owns it and the alias points where the operator put it. */
    Delete,
    /** The operator leaves the alias as it is. */
    Retain
}
