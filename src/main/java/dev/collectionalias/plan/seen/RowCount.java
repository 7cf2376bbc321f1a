package dev.collectionalias.plan.seen;

/**
 * How many rows a collection has.
 *
 * @param exact counted, which only a loaded collection can be; otherwise by the server's statistics, which lag behind
 *              and count deleted rows
 */
public record RowCount(long rows, boolean exact) {}
