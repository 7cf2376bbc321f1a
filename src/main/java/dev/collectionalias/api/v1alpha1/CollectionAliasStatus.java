package dev.collectionalias.api.v1alpha1;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;

/** What the operator saw and did: its only memory, so that an operation interrupted anywhere is resumed from here. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record CollectionAliasStatus(
        @JsonPropertyDescription("The generation of the spec that this status was decided from.") Long observedGeneration,
        @JsonPropertyDescription("Whether this object holds the alias. Of several objects that name one alias, one does.") Boolean owned,
        @JsonPropertyDescription("The Milvus server (host:port) that the alias is on.") String endpoint,
        @JsonPropertyDescription("The collection that the alias points at.") Active active,
        @JsonPropertyDescription("The collection that the alias pointed at before.") CollectionIdentity previous,
        @JsonPropertyDescription("The collection that the alias is about to be pointed at.") Candidate candidate,
        @JsonPropertyDescription("The changes of the alias, newest first, as many as spec.revisionHistoryLimit.") List<HistoryEntry> history,
        @JsonPropertyDescription("The value of each request annotation that was handled last.") Map<String, String> handledRequests,
        @JsonPropertyDescription("Aliases that the server may lose when this alias is dropped, and where they point: "
                + "stored again right after the drop. Servers before 2.5.0 only.") List<Neighbour> neighbours,
        @JsonPropertyDescription("When the last drift corrections were made; five within ten minutes are a contest.") List<Instant> corrections,
        @JsonPropertyDescription("Ready, Reconciling, Stalled, Serving and InSync.") List<Condition> conditions) {

    public static final CollectionAliasStatus EMPTY = new CollectionAliasStatus(null, null, null, null, null, null,
            null, null, null, null, null);

    public CollectionAliasStatus {
        history = history == null ? List.of() : List.copyOf(history);
        handledRequests = handledRequests == null ? Map.of() : Map.copyOf(handledRequests);
        neighbours = neighbours == null ? List.of() : List.copyOf(neighbours);
        corrections = corrections == null ? List.of() : List.copyOf(corrections);
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }

    /** A collection by name and by Milvus' id, which outlives a rename; "0" where a server has no ids. */
    public record CollectionIdentity(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id) {}

    /** Where the alias points. */
    public record Active(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @JsonPropertyDescription("Counts the changes of the alias, from 1.") Integer revision,
            @JsonPropertyDescription("Since when the alias points there, as far as this object knows.") Instant since) {}

    /** Where the alias will point. Written before the alias is created, so that a crash can't orphan it. */
    public record Candidate(@Required
    @JsonPropertyDescription("The collection's name.") String collection,
            @JsonPropertyDescription("The collection's id in Milvus.") String id,
            @JsonPropertyDescription("Since when it is the candidate.") Instant since) {}

    /** One change of the alias. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record HistoryEntry(
            @Required
            @JsonPropertyDescription("The revision that the change made.") Integer revision,
            @JsonPropertyDescription("Where the alias pointed before; absent when it did not exist.") String from,
            @Required
            @JsonPropertyDescription("Where the alias points since.") String to,
            @JsonPropertyDescription("When.") Instant time,
            @JsonPropertyDescription("Why: Created, Adopted, HandedOver, "
                    + "SpecChanged, Drift, Repaired or External.") String cause,
            @JsonPropertyDescription("How long the call that changed it took, in milliseconds.") Long switchMillis) {}

    /** An alias whose name begins with the name of the one that is dropped. */
    public record Neighbour(@Required
    @JsonPropertyDescription("The neighbour's alias.") String alias,
            @Required
            @JsonPropertyDescription("The collection that it points at.") String collection) {}
}
