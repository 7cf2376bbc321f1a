package dev.collectionalias.observe;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.plan.ObjectName;

/** The connections that there are. */
@FunctionalInterface
public interface ConnectionDirectory {

    Optional<MilvusConnection> find(ObjectName name);
}
