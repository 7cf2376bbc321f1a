package dev.collectionalias.observe;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import io.fabric8.kubernetes.api.model.ObjectMeta;

/** Reads Kubernetes objects into the plan's terms. */
public final class Subjects {

    private Subjects() {}

    public static Subject of(CollectionAlias alias) {
        ObjectMeta metadata = alias.getMetadata();
        CollectionAliasStatus status = alias.getStatus() == null ? CollectionAliasStatus.EMPTY : alias.getStatus();
        Map<String, String> annotations = metadata.getAnnotations() == null ? Map.of() : metadata.getAnnotations();
        long generation = metadata.getGeneration() == null ? 0 : metadata.getGeneration();
        return new Subject(new ObjectName(metadata.getNamespace(), metadata.getName()), generation,
                Instant.parse(metadata.getCreationTimestamp()),
                Optional.ofNullable(metadata.getDeletionTimestamp()).map(Instant::parse), alias.getSpec(), status,
                new Requests(annotations));
    }
}
