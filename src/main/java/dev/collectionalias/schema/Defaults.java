package dev.collectionalias.schema;

import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/** Completes an object as the API server does before validation: removes nulls and adds defaults. */
final class Defaults {

    private Defaults() {}

    /** @param object this method changes it */
    static void apply(JSONSchemaProps schema, ObjectNode object) {
        for (Map.Entry<String, JSONSchemaProps> property : schema.getProperties().entrySet()) {
            JSONSchemaProps of = property.getValue();
            if (object.path(property.getKey()).isNull() && !Boolean.TRUE.equals(of.getNullable())) {
                object.remove(property.getKey());
            }
            if (!object.has(property.getKey()) && of.getDefault() != null && !of.getDefault().isNull()) {
                object.set(property.getKey(), of.getDefault().deepCopy());
            }
            below(of, object.path(property.getKey()));
        }
    }

    private static void below(JSONSchemaProps schema, JsonNode value) {
        if (value instanceof ObjectNode object) {
            apply(schema, object);
        } else if (value instanceof ArrayNode list && schema.getItems() != null) {
            list.forEach(item -> below(schema.getItems().getSchema(), item));
        }
    }
}
