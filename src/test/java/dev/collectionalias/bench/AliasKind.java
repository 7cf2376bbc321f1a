package dev.collectionalias.bench;

import java.util.HashMap;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.GenericKubernetesResourceBuilder;

/**
 * The kind of object that an operator acts upon.
 *
 * @param defaults what each spec has besides alias and collection
 */
record AliasKind(String apiVersion, String kind, Map<String, Object> defaults) {

    /** The same with more in each spec. */
    AliasKind with(Map<String, Object> more) {
        Map<String, Object> all = new HashMap<>(defaults);
        all.putAll(more);
        return new AliasKind(apiVersion, kind, all);
    }

    GenericKubernetesResource object(String name, String alias, String collection) {
        Map<String, Object> spec = new HashMap<>(defaults);
        spec.put("alias", alias);
        spec.put("collection", collection);
        return new GenericKubernetesResourceBuilder().withApiVersion(apiVersion).withKind(kind).withNewMetadata()
                .withName(name).endMetadata().addToAdditionalProperties("spec", spec).build();
    }
}
