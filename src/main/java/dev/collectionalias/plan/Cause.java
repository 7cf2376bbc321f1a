package dev.collectionalias.plan;

/** Why an alias changed, as its history tells it. */
public enum Cause {
    /** The alias did not exist before. */
    Created,
    /** The alias existed before this object. */
    Adopted,
    /** Another object of the same alias was deleted. */
    HandedOver,
    /** {@code spec.collection} changed. */
    SpecChanged,
    /** Somebody, or verification, asked for the collection before. */
    RolledBack,
    /** Somebody else had moved or dropped the alias. */
    Drift,
    /** The collection behind the alias had been dropped. */
    Repaired,
    /** Somebody else moved the alias to where the spec wants it. */
    External
}
