package dev.collectionalias.gitops.forecast;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.AdoptionPolicy;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.gitops.manifests.Manifest;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;

/** Turns manifests into the planner's terms. */
final class ManifestSubject {

    /** Stands for a namespace that the manifest does not name. It only tells objects apart. */
    private static final String NAMESPACE = "default";
    private static final ObjectMapper JSON = new ObjectMapper();

    private ManifestSubject() {}

    /**
     * The object as the operator would see it first, without its webhook, which this machine may not reach.
     *
     * @param foreign whether an existing alias does not belong to this manifest yet; if it does, the forecast treats it as a
     *                takeover from where the alias points
     */
    static Subject of(Manifest manifest, boolean foreign, Instant now) {
        ObjectNode spec = specOf(manifest);
        if (!foreign) {
            spec.put("adoptionPolicy", AdoptionPolicy.Adopt.name());
        }
        return created(NAMESPACE, manifest, spec, now);
    }

    /** An object that is not in the cluster yet. */
    static Subject in(String namespace, Manifest manifest, Instant now) {
        return created(namespace, manifest, specOf(manifest), now);
    }

    /** The object of the cluster with the manifest's spec and requests. */
    static Subject of(Subject live, Manifest manifest) {
        CollectionAliasSpec spec = spec(specOf(manifest));
        boolean same = spec.equals(spec(withoutWebhook(JSON.valueToTree(live.spec()))));
        return new Subject(live.name(), same ? live.generation() : live.generation() + 1, live.createdAt(),
                live.deletedAt(), spec, live.status(), requests(manifest));
    }

    private static Subject created(String namespace, Manifest manifest, ObjectNode spec, Instant now) {
        return new Subject(new ObjectName(manifest.namespace().isEmpty() ? namespace : manifest.namespace(),
                manifest.name()), 1, now, Optional.empty(), spec(spec), CollectionAliasStatus.EMPTY,
                requests(manifest));
    }

    private static ObjectNode specOf(Manifest manifest) {
        return withoutWebhook(manifest.stored().required("spec").deepCopy());
    }

    private static ObjectNode withoutWebhook(ObjectNode spec) {
        if (spec.at("/cutover/gates") instanceof ObjectNode gates) {
            gates.remove("webhook");
        }
        return spec;
    }

    private static Requests requests(Manifest manifest) {
        Map<String, String> annotations = new HashMap<>();
        manifest.stored().at("/metadata/annotations").properties()
                .forEach(annotation -> annotations.put(annotation.getKey(), annotation.getValue().asText()));
        return new Requests(annotations);
    }

    /** Whether the operator would also ask a webhook. */
    static boolean hasWebhook(Manifest manifest) {
        return manifest.stored().at("/spec/cutover/gates").has("webhook");
    }

    private static CollectionAliasSpec spec(ObjectNode spec) {
        return JSON.convertValue(spec, CollectionAliasSpec.class);
    }
}
