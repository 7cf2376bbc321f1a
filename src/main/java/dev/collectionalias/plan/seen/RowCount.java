package dev.collectionalias.plan.seen;

/**
 * How many rows a collection has.
 *
 * @param exact whether the server counted them, which takes a loaded collection; if not, its statistics say so, which lag
 *              behind
 *              and include deleted rows
 */
public record RowCount(long rows, boolean exact) {}
