package dev.collectionalias.api.v1alpha1;

import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** What the operator knows of the server. */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record MilvusConnectionStatus(
        @JsonPropertyDescription("The generation of the spec that this status is about. It is -1 until an operator has looked at the object.") Long observedGeneration,
        @JsonPropertyDescription("The server (host:port) that accepted the credentials last.") String endpoint,
        @JsonPropertyDescription("The spec's uri by which the operator reached the server. It tells whether the operator assumed the port of the "
                + "endpoint.") String uri,
        @JsonPropertyDescription("The server's version, as it says itself.") String serverVersion,
        @JsonPropertyDescription("Ready, Reconciling and Stalled.") List<Condition> conditions) {

    public static final MilvusConnectionStatus EMPTY = new MilvusConnectionStatus(null, null, null, null, null);

    public MilvusConnectionStatus {
        observedGeneration = observedGeneration == null ? Api.UNOBSERVED : observedGeneration;
        conditions = conditions == null ? List.of() : List.copyOf(conditions);
    }
}
