package dev.collectionalias.plan;

import java.util.Optional;

/**
 * What Milvus says, at one moment.
 *
 * @param mapping the collection that the alias points at; empty if there is no such alias
 * @param target  what {@code spec.collection} names
 * @param active  the collection that the alias pointed at when last seen, if it still exists
 */
public record Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active) {}
