package dev.collectionalias.plan.seen;

import java.util.Optional;

/**
 * A question that a rule asks only where something hangs on the answer, because the answer costs calls.
 *
 * @param <A> the answer
 */
public sealed interface Need<A> {

    /**
     * What the gates of the spec have to know.
     *
     * @param baseline    the collection that the candidate is compared with; empty for a new alias
     * @param afterSwitch whether the alias points at the candidate already, and is being verified
     */
    record Gates(CollectionState candidate, Optional<CollectionState> baseline, boolean afterSwitch)
            implements
                Need<GateFacts> {}

    /** What there is under the name of a collection; the answer is empty if there is no such collection. */
    record Collection(String name) implements Need<Optional<CollectionState>> {}

    /** What the preview alias is. */
    record Preview(String alias) implements Need<PreviewSight> {}

    /** What a collection is that the alias has left; the answer is empty if the server does not tell right now. */
    record Retirement(String collection) implements Need<Optional<RetirementFacts>> {}
}
