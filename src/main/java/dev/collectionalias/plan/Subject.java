package dev.collectionalias.plan;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;

/**
 * The object of a pass.
 *
 * @param deletedAt when somebody deleted it
 * @param requests  the requests in its annotations
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

    /** The request of this kind that the operator has not handled yet. */
    public Optional<Request> pending(Request.Kind kind) {
        return requests.pending(kind, status.handledRequests());
    }

    /** Whether any request is new to {@code status}. */
    public boolean hasPendingRequest() {
        return requests.look(status.handledRequests())
                || Stream.of(Request.Kind.values()).anyMatch(kind -> pending(kind).isPresent());
    }

    /** The preview aliases that it manages or wants. */
    public Set<String> previewAliases() {
        Stream<String> held = Stream.ofNullable(status.preview()).map(CollectionAliasStatus.Preview::alias);
        return Stream.concat(held, Stream.of(spec.cutover().previewAlias())).filter(name -> !name.isEmpty())
                .collect(Collectors.toSet());
    }

    /** The collections that it needs, or may switch back to. */
    public Set<String> collections() {
        Stream<String> wanted = Stream.of(spec.collection(), spec.cutover().promotion().approvedCollection());
        Stream<String> remembered = Stream.of(
                Optional.ofNullable(status.active()).map(CollectionAliasStatus.Active::collection),
                Optional.ofNullable(status.candidate()).map(CollectionAliasStatus.Candidate::collection),
                Optional.ofNullable(status.rollback()).map(CollectionAliasStatus.Rollback::collection),
                Optional.ofNullable(status.previous()).filter(previous -> spec.cutover().retirement() == null)
                        .map(CollectionAliasStatus.CollectionIdentity::collection))
                .flatMap(Optional::stream);
        return Stream.concat(wanted, remembered).filter(name -> !name.isEmpty()).collect(Collectors.toSet());
    }

    public Optional<Condition> condition(ConditionType type) {
        return status.conditions().stream().filter(found -> found.type().equals(type.name())).findFirst();
    }

    /** Whether a condition is True. */
    public boolean is(ConditionType type) {
        return condition(type).filter(found -> found.status() == ConditionStatus.True).isPresent();
    }

    public boolean isSuspended() {
        return Boolean.TRUE.equals(spec.suspend());
    }

    public Subject with(CollectionAliasStatus newStatus) {
        return new Subject(name, generation, createdAt, deletedAt, spec, newStatus, requests);
    }
}
