package dev.collectionalias.observe;

import io.fabric8.kubernetes.api.model.HasMetadata;

/** What is known of the kinds that the operator manages, beside their objects. */
@FunctionalInterface
public interface KindDirectory {

    /**
     * Whether the kind itself is being deleted, and each of its objects by that. What was seen of an object before this question
     * was asked, the answer knows of.
     *
     * @return false, too, where the operator may not ask
     */
    boolean isLeaving(Class<? extends HasMetadata> kind);
}
