package dev.collectionalias.api.v1alpha1;

/** What the operator does with an alias that existed before the object that now describes it. */
public enum AdoptionPolicy {
    /** Take it over only if it points at {@code spec.collection} already. */
    IfMatching,
    /** Take it over wherever it points, then cut over to {@code spec.collection}. */
    Adopt
}
