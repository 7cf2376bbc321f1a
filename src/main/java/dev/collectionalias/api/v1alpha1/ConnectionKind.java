package dev.collectionalias.api.v1alpha1;

/** The kinds of object an alias can take its connection from. */
public enum ConnectionKind {
    MilvusConnection, ClusterMilvusConnection
}
