package dev.collectionalias.deploy;

import java.util.Locale;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a console shows of an object's fields, and has people fill in: made from the schema of a CRD. */
final class OlmDescriptors {

    private static final String WIDGET = "urn:alm:descriptor:com.tectonic.ui:";
    private static final String KUBERNETES = "urn:alm:descriptor:io.kubernetes";

    private OlmDescriptors() {}

    /** Of each field, those that have others in them, too. */
    static ArrayNode ofSpec(JsonNode crd) {
        ArrayNode descriptors = JsonNodeFactory.instance.arrayNode();
        describe("", schema(crd, "spec"), true, descriptors);
        return descriptors;
    }

    /** Of each value that stands alone, and of the conditions. */
    static ArrayNode ofStatus(JsonNode crd) {
        ArrayNode descriptors = JsonNodeFactory.instance.arrayNode();
        describe("", schema(crd, "status"), false, descriptors);
        return descriptors;
    }

    private static JsonNode schema(JsonNode crd, String part) {
        return crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/" + part);
    }

    private static void describe(String prefix, JsonNode parent, boolean groups, ArrayNode descriptors) {
        parent.path("properties").properties().forEach(field -> {
            JsonNode schema = field.getValue();
            String path = prefix + field.getKey();
            String widget = widget(path, schema);
            if (groups || !widget.isEmpty()) {
                ObjectNode descriptor = descriptors.addObject();
                descriptor.put("path", path).put("displayName", displayName(field.getKey()))
                        .put("description", schema.path("description").asText());
                addWidget(descriptor, widget, schema);
            }
            describe(path + ".", schema, groups, descriptors);
        });
    }

    private static void addWidget(ObjectNode descriptor, String widget, JsonNode schema) {
        if (schema.has("enum")) {
            ArrayNode choices = descriptor.putArray("x-descriptors");
            StreamSupport.stream(schema.get("enum").spliterator(), false)
                    .forEach(value -> choices.add(WIDGET + "select:" + value.asText()));
        } else if (!widget.isEmpty()) {
            descriptor.putArray("x-descriptors").add(widget);
        }
    }

    /** Empty: what the field is of can't be filled in, or shown, in one line. */
    private static String widget(String path, JsonNode schema) {
        if (path.equals("conditions")) {
            return KUBERNETES + ".conditions";
        }
        if (path.toLowerCase(Locale.ROOT).endsWith("secretref.name")) {
            return KUBERNETES + ":Secret";
        }
        return switch (schema.path("type").asText()) {
            case "string" -> WIDGET + "text";
            case "boolean" -> WIDGET + "booleanSwitch";
            case "integer", "number" -> WIDGET + "number";
            default -> "";
        };
    }

    /** connectionRef is a "Connection ref" to people. */
    private static String displayName(String field) {
        String words = field.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
        return Character.toUpperCase(words.charAt(0)) + words.substring(1);
    }
}
