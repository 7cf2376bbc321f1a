package dev.collectionalias.plan;

import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;

/**
 * The object that a pass is about.
 *
 * @param deletedAt when its deletion was asked for
 * @param requests  what its annotations ask for and was not handled yet
 */
public record Subject(ObjectName name, long generation, Instant createdAt, Optional<Instant> deletedAt,
        CollectionAliasSpec spec, CollectionAliasStatus status, Requests requests) {

    public boolean isDeleting() {
        return deletedAt.isPresent();
    }

    /** Whether its status says that it holds the alias on this server. */
    public boolean owns(String endpoint) {
        return Boolean.TRUE.equals(status.owned()) && endpoint.equals(status.endpoint());
    }

    public Subject with(CollectionAliasStatus newStatus) {
        return new Subject(name, generation, createdAt, deletedAt, spec, newStatus, requests);
    }
}
