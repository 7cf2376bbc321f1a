package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.ConnectionKind;

/**
 * Names a connection, whatever its kind.
 *
 * @param namespace empty for a kind that has none
 */
public record ConnectionName(ConnectionKind kind, String namespace, String name) {

    /** The connection that an object of this namespace refers to. */
    public static ConnectionName of(Subject subject) {
        return of(subject.spec().connectionRef().kind(), subject.name().namespace(),
                subject.spec().connectionRef().name());
    }

    /** @param namespace does not matter for a kind that has none */
    public static ConnectionName of(ConnectionKind kind, String namespace, String name) {
        return switch (kind) {
            case MilvusConnection -> new ConnectionName(kind, namespace, name);
            case ClusterMilvusConnection -> new ConnectionName(kind, "", name);
        };
    }

    @Override
    public String toString() {
        return kind + " " + (namespace.isEmpty() ? name : namespace + "/" + name);
    }
}
