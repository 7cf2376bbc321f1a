package dev.collectionalias.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** Knows the kinds that the operator manages, apart from their objects. */
@FunctionalInterface
public interface KindDirectory {

    /**
     * Whether somebody is deleting the kind itself, and so each of its objects. The answer is newer than anything that
     * the operator had seen of an object before it asked.
     *
     * @return false, too, where the operator may not ask
     */
    boolean isLeaving(Class<? extends HasMetadata> kind);
}
