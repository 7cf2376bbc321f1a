package dev.collectionalias.observe;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.plan.ConnectionName;

/** The connections of the cluster. */
@FunctionalInterface
public interface ConnectionDirectory {

    Optional<ServerConnection<?>> find(ConnectionName name);

    /** Whether the operator looks at connections of this kind at all. */
    default boolean knows(ConnectionKind kind) {
        return true;
    }
}
