package dev.collectionalias.plan.step;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.plan.Problem;

/** The outcome of an effect. */
public sealed interface Outcome {

    /**
     * Milvus did it, and the operator saw that.
     *
     * @param toConfirm whether the operator has to confirm it a moment later
     */
    record Done(Duration took, boolean toConfirm) implements Outcome {}

    /** The operator did all that it may, and still the server may answer searches from the collection before. */
    record Unconfirmed(String why) implements Outcome {}

    /** The operator did nothing, since an earlier change of the same collection has to settle first. */
    record NotYet(Duration left) implements Outcome {}

    /** Milvus did not do it, or another writer undid it at once. */
    record Failed(Problem problem) implements Outcome {}

    /** A newer client replaced this one in between. The operator has to look how far the call got. */
    record Interrupted() implements Outcome {}

    /** The operator has dropped nothing yet: the status has to remember these neighbours first. */
    record NeighboursFound(List<Neighbour> neighbours) implements Outcome {}
}
