package dev.collectionalias.plan.seen;

import java.util.Optional;

/**
 * What gates need to know of one collection.
 *
 * @param schema empty if it was not asked for
 * @param rows   empty if they were not asked for
 */
public record CollectionFacts(CollectionState state, Loading loading, Optional<Schema> schema,
        Optional<RowCount> rows) {}
