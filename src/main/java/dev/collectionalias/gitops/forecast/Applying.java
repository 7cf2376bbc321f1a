package dev.collectionalias.gitops.forecast;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * Computes what an object becomes when somebody applies a manifest to it. A field that somebody else has set, such as
 * {@code spec.suspend}, stays unless the manifest names it. A field that only the earlier manifest named goes.
 */
final class Applying {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String SERVER_SIDE = "Apply";
    /** The prefix of a field's name in {@code managedFields}. */
    private static final String FIELD = "f:";

    private Applying() {}

    /** @param live the object as the API server has it */
    static ObjectNode onto(HasMetadata live, ObjectNode manifest) {
        ObjectNode object = manifest.deepCopy();
        JsonNode before = tree(live);
        Before applied = Before.of(live);
        keep(object.withObjectProperty("spec"), before.path("spec"), applied.below("spec"));
        keep(object.withObjectProperty("metadata").withObjectProperty("annotations"),
                before.at("/metadata/annotations"),
                applied.below("metadata").below("annotations"));
        return object;
    }

    /** The object as JSON, as the API server has it. */
    static ObjectNode tree(HasMetadata live) {
        return Serialization.unmarshal(Serialization.asJson(live), ObjectNode.class);
    }

    private static void keep(ObjectNode object, JsonNode live, Before applied) {
        for (Map.Entry<String, JsonNode> field : live.properties()) {
            String name = field.getKey();
            boolean goes = applied.has(name) && !object.has(name);
            if (field.getValue().isObject() && (goes || object.path(name).isObject())) {
                ObjectNode below = goes ? JsonNodeFactory.instance.objectNode() : (ObjectNode) object.get(name);
                keep(below, field.getValue(), applied.below(name));
                if (!below.isEmpty()) {
                    object.set(name, below);
                }
            } else if (!goes && !object.has(name)) {
                object.set(name, field.getValue());
            }
        }
    }

    /**
     * The fields that the earlier manifest had.
     *
     * @param manifest in the annotation that kubectl and similar tools leave
     * @param owned    the fields of each earlier server-side apply
     */
    private record Before(JsonNode manifest, List<JsonNode> owned) {

        static Before of(HasMetadata live) {
            String last = Optional.ofNullable(live.getMetadata().getAnnotations()).map(all -> all.get(LAST_APPLIED))
                    .orElse("");
            List<JsonNode> owned = live.getMetadata().getManagedFields().stream()
                    .filter(entry -> SERVER_SIDE.equals(entry.getOperation()))
                    .map(entry -> JSON.<JsonNode>valueToTree(entry.getFieldsV1()))
                    .filter(fields -> fields.at("/f:spec/f:collection").isObject()) // other tools may own a field or two
                    .toList();
            return new Before(json(last), owned);
        }

        private static JsonNode json(String text) {
            try {
                return JSON.readTree(text);
            } catch (JsonProcessingException e) {
                return MissingNode.getInstance();
            }
        }

        boolean has(String field) {
            return manifest.has(field) || owned.stream().anyMatch(fields -> fields.has(FIELD + field));
        }

        Before below(String field) {
            return new Before(manifest.path(field),
                    owned.stream().map(fields -> fields.path(FIELD + field)).toList());
        }
    }
}
