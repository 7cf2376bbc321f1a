package dev.collectionalias.plan.seen;

/** The thing that {@code spec.collection} names in Milvus. */
public sealed interface Target {

    record Missing() implements Target {}

    /** An alias, which an alias can't point at. */
    record AnAlias(String collectionBehind) implements Target {}

    record Found(CollectionState collection) implements Target {}
}
