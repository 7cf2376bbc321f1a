package dev.collectionalias.plan.step;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.plan.Problem;

/** What came of an effect. */
public sealed interface Outcome {

    /**
     * Milvus did it, and was seen to have done it.
     *
     * @param toConfirm whether it has to be sent once more a moment later
     */
    record Done(Duration took, boolean toConfirm) implements Outcome {}

    /** All that was allowed was done, and still searches may be answered from the collection before. */
    record Unconfirmed(String why) implements Outcome {}

    /** Nothing was done, since what was done to the same collection a moment ago has to settle first. */
    record NotYet(Duration left) implements Outcome {}

    /** Milvus did not do it, or another writer undid it at once. */
    record Failed(Problem problem) implements Outcome {}

    /** The client was replaced by a newer one in between: how far it got has to be looked at. */
    record Interrupted() implements Outcome {}

    /** Nothing was dropped yet: these neighbours have to be remembered first. */
    record NeighboursFound(List<Neighbour> neighbours) implements Outcome {}
}
