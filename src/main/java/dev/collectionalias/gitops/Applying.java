package dev.collectionalias.gitops;

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
 * What an object becomes when a manifest is applied to it: what somebody else has set and the manifest does not name stays, as
 * {@code spec.suspend} that was set by hand; what the manifest named before and does not name any more goes.
 */
final class Applying {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";
    private static final String SERVER_SIDE = "Apply";
    /** How {@code managedFields} write a field. */
    private static final String FIELD = "f:";

    private Applying() {}

    /** @param live as the API server has it */
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

    /** As the API server has it, too. */
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
     * What was applied by whoever applies the manifest.
     *
     * @param manifest the one that kubectl, or what applies like it, has left in an annotation
     * @param owned    the fields that were applied by the server
     */
    private record Before(JsonNode manifest, List<JsonNode> owned) {

        static Before of(HasMetadata live) {
            String last = Optional.ofNullable(live.getMetadata().getAnnotations()).map(all -> all.get(LAST_APPLIED))
                    .orElse("");
            List<JsonNode> owned = live.getMetadata().getManagedFields().stream()
                    .filter(entry -> SERVER_SIDE.equals(entry.getOperation()))
                    .map(entry -> JSON.<JsonNode>valueToTree(entry.getFieldsV1()))
                    .filter(fields -> fields.at("/f:spec/f:collection").isObject()) // others may own a field or two
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
