package dev.collectionalias.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;

/**
 * Names the connection of an alias. A MilvusConnection is in the alias' own namespace. A ClusterMilvusConnection is in none.
 */
public record ConnectionRef(
        @Default("MilvusConnection")
        @JsonPropertyDescription("The kind of the connection. MilvusConnection: one of the same namespace. ClusterMilvusConnection: one that several "
                + "namespaces share, as far as its rules allow.") ConnectionKind kind,
        @Default(DEFAULT_NAME)
        @Size(min = 1, max = 253)
        @JsonPropertyDescription("The name of the connection.") String name) {

    public static final String DEFAULT_NAME = "default";

    public ConnectionRef {
        kind = kind == null ? ConnectionKind.MilvusConnection : kind;
        name = name == null ? DEFAULT_NAME : name;
    }
}
