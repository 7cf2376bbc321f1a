package dev.collectionalias.api.v1alpha1;

/** The kinds of connection that an alias can use. */
public enum ConnectionKind {
    MilvusConnection, ClusterMilvusConnection
}
