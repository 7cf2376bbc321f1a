package dev.collectionalias.observe;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.plan.ConnectionName;

/** The connections that there are. */
@FunctionalInterface
public interface ConnectionDirectory {

    Optional<ServerConnection<?>> find(ConnectionName name);

    /** Whether connections of this kind are looked at here at all. */
    default boolean knows(ConnectionKind kind) {
        return true;
    }
}
