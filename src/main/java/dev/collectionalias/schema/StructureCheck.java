package dev.collectionalias.schema;

import static java.lang.String.format;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.re2j.Pattern;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;

/**
 * Checks an object against a structural schema. It knows the keywords that this operator's CRDs have, and a test makes sure of
 * that. It uses the API server's words, so that both say the same about a manifest.
 */
final class StructureCheck {

    private final List<Finding> findings = new ArrayList<>();

    private StructureCheck() {}

    static List<Finding> findings(JSONSchemaProps schema, JsonNode object) {
        StructureCheck check = new StructureCheck();
        check.value(schema, object, "");
        return check.findings;
    }

    private void value(JSONSchemaProps schema, JsonNode value, String path) {
        if (!isOfType(schema.getType(), value)) {
            findings.add(Finding.invalid(path, "\"" + type(value) + "\"",
                    format("%s in body must be of type %s: \"%s\"", path, schema.getType(), type(value))));
            return;
        }
        if (!schema.getEnum().isEmpty() && !schema.getEnum().contains(value)) {
            findings.add(new Finding(path, format("Unsupported value: %s: supported values: %s", value,
                    schema.getEnum().stream().map(JsonNode::toString).collect(Collectors.joining(", ")))));
        }
        switch (value.getNodeType()) {
            case STRING -> text(schema, value.asText(), path);
            case NUMBER -> number(schema, value, path);
            case ARRAY -> list(schema, value, path);
            case OBJECT -> object(schema, value, path);
            default -> {
                // every boolean is valid
            }
        }
    }

    private static boolean isOfType(String type, JsonNode value) {
        return switch (type) {
            case null -> true;
            case "string" -> value.isTextual();
            case "boolean" -> value.isBoolean();
            case "integer" -> value.isIntegralNumber() && value.canConvertToLong();
            case "array" -> value.isArray();
            case "object" -> value.isObject();
            default -> throw new IllegalStateException("a schema has the type " + type);
        };
    }

    private static String type(JsonNode value) {
        return switch (value.getNodeType()) {
            case NUMBER -> isOfType("integer", value) ? "integer" : "number";
            case NULL -> "null";
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }

    private void text(JSONSchemaProps schema, String text, String path) {
        int length = text.codePointCount(0, text.length());
        if (schema.getMaxLength() != null && length > schema.getMaxLength()) {
            findings.add(new Finding(path,
                    format("Too long: may not be more than %d bytes", schema.getMaxLength())));
        }
        if (schema.getMinLength() != null && length < schema.getMinLength()) {
            findings.add(Finding.invalid(path, quote(text),
                    format("%s in body should be at least %d chars long", path, schema.getMinLength())));
        }
        if (schema.getPattern() != null && !Pattern.compile(schema.getPattern()).matcher(text).find()) {
            findings.add(Finding.invalid(path, quote(text),
                    format("%s in body should match '%s'", path, schema.getPattern())));
        }
        if ("date-time".equals(schema.getFormat()) && !isTime(text)) {
            findings.add(Finding.invalid(path, quote(text),
                    format("%s in body must be of type date-time: %s", path, quote(text))));
        }
    }

    private static boolean isTime(String text) {
        try {
            OffsetDateTime.parse(text);
            return true;
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private void number(JSONSchemaProps schema, JsonNode value, String path) {
        BigDecimal number = value.decimalValue();
        if (schema.getMinimum() != null && number.compareTo(BigDecimal.valueOf(schema.getMinimum())) < 0) {
            findings.add(Finding.invalid(path, value.toString(), format(
                    "%s in body should be greater than or equal to %.0f", path, schema.getMinimum())));
        }
        if (schema.getMaximum() != null && number.compareTo(BigDecimal.valueOf(schema.getMaximum())) > 0) {
            findings.add(Finding.invalid(path, value.toString(), format(
                    "%s in body should be less than or equal to %.0f", path, schema.getMaximum())));
        }
    }

    private void list(JSONSchemaProps schema, JsonNode list, String path) {
        if (schema.getMaxItems() != null && list.size() > schema.getMaxItems()) {
            findings.add(new Finding(path,
                    format("Too many: %d: must have at most %d items", list.size(), schema.getMaxItems())));
        }
        if (schema.getMinItems() != null && list.size() < schema.getMinItems()) {
            findings.add(Finding.invalid(path, Integer.toString(list.size()),
                    format("%s in body should have at least %d items", path, schema.getMinItems())));
        }
        for (int i = 0; i < list.size(); i++) {
            value(schema.getItems().getSchema(), list.get(i), format("%s[%d]", path, i));
        }
    }

    private void object(JSONSchemaProps schema, JsonNode object, String path) {
        schema.getRequired().stream().filter(field -> !object.has(field))
                .forEach(field -> findings.add(new Finding(below(path, field), "Required value")));
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            String where = below(path, field.getKey());
            JSONSchemaProps of = of(schema, field.getKey());
            if (of == null) {
                findings.add(new Finding(where, format("unknown field \"%s\"", where)));
            } else {
                value(of, field.getValue(), where);
            }
        }
    }

    private static JSONSchemaProps of(JSONSchemaProps schema, String field) {
        JSONSchemaProps named = schema.getProperties().get(field);
        return named != null || schema.getAdditionalProperties() == null
                ? named
                : schema.getAdditionalProperties().getSchema();
    }

    static String below(String path, String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    private static String quote(String text) {
        return "\"" + text + "\"";
    }
}
