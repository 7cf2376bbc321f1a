package dev.collectionalias.plan;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;

/** What came of a decision. */
public sealed interface Outcome {

    /** The decision asked for no call to Milvus. */
    record NoCall() implements Outcome {}

    /** Milvus did it, and was seen to have done it. */
    record Done(Duration took) implements Outcome {}

    /** Milvus did not do it, or another writer undid it at once. */
    record Failed(Problem problem) implements Outcome {}

    /** Nothing was dropped yet: these neighbours have to be remembered first. */
    record NeighboursFound(List<Neighbour> neighbours) implements Outcome {}
}
