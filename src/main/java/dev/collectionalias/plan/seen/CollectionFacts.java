package dev.collectionalias.plan.seen;

import java.util.Optional;

/**
 * The facts about one collection that gates need.
 *
 * @param schema   empty if no gate asked for it
 * @param rows     empty if no gate asked for them
 * @param replicas empty if no gate asked for them
 */
public record CollectionFacts(CollectionState state, Loading loading, Optional<Schema> schema,
        Optional<RowCount> rows, Optional<Replicas> replicas) {}
