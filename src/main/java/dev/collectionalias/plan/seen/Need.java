package dev.collectionalias.plan.seen;

import java.time.Instant;
import java.util.Optional;

/**
 * A question that a rule asks only where a decision hangs on the answer, because the answer costs calls.
 *
 * @param <A> the answer
 */
public sealed interface Need<A> {

    /**
     * The facts that the gates of the spec need. The answer is empty if the alias or the candidate has become another one
     * while a gate took its time.
     *
     * @param baseline    the collection to compare the candidate with; empty for a new alias
     * @param afterSwitch whether the alias points at the candidate already, and the operator verifies that
     */
    record Gates(CollectionState candidate, Optional<CollectionState> baseline, boolean afterSwitch)
            implements
                Need<Optional<GateFacts>> {}

    /** The collection of this name. The answer is empty if there is none. */
    record Collection(String name) implements Need<Optional<CollectionState>> {}

    /** The replicas of the collection of this name. */
    record ReplicasOf(String collection) implements Need<Replicas> {}

    /** Where the preview alias points, and who else claims it. */
    record Preview(String alias) implements Need<PreviewSight> {}

    /** The facts about a collection that the alias has left. The answer is empty if the server does not tell right now. */
    record Retirement(String collection) implements Need<Optional<RetirementFacts>> {}

    /**
     * Which collection answers through the alias.
     *
     * @param active the collection that has to
     * @param before the collection that the alias pointed at before
     * @param last   when the operator asked last, so that it does not take an old answer for a new one; empty: never
     */
    record Proof(CollectionState active, String before, Optional<Instant> last) implements Need<AliasProof> {}
}
