package dev.collectionalias.quickstart;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceColumnDefinition;

/** Objects as the Table that {@code kubectl get} prints, with the printer columns of their CustomResourceDefinition. */
final class TableView {

    /** The two forms of path that printer columns here have: {@code .a} and {@code .a[?(@.key=="value")]}. */
    private static final Pattern STEP = Pattern.compile("\\.(\\w+)(?:\\[\\?\\(@\\.(\\w+)==[\"'](\\w+)[\"']\\)])?");

    private final ObjectMapper json;
    private final List<CustomResourceColumnDefinition> columns;
    private final Clock clock;

    TableView(ObjectMapper json, List<CustomResourceColumnDefinition> columns, Clock clock) {
        this.json = json;
        this.columns = columns;
        this.clock = clock;
    }

    static boolean isWanted(String accept) {
        return accept != null && accept.contains("as=Table");
    }

    /** @param body one object, or a list of them */
    ObjectNode of(JsonNode body, boolean wholeObjects) {
        ObjectNode table = json.createObjectNode().put("kind", "Table").put("apiVersion", "meta.k8s.io/v1");
        table.set("metadata", body.path("metadata").deepCopy());
        ArrayNode definitions = table.putArray("columnDefinitions");
        definitions.addPOJO(Map.of("name", "Name", "type", "string", "format", "name", "priority", 0));
        columns.forEach(column -> definitions.addPOJO(Map.of("name", column.getName(), "type", column.getType(),
                "format", "", "priority", column.getPriority() == null ? 0 : column.getPriority())));
        ArrayNode rows = table.putArray("rows");
        Iterable<JsonNode> objects = body.has("items") ? body.path("items") : List.of(body);
        objects.forEach(object -> rows.add(row(object, wholeObjects)));
        return table;
    }

    private ObjectNode row(JsonNode object, boolean wholeObject) {
        ObjectNode row = json.createObjectNode();
        ArrayNode cells = row.putArray("cells").add(object.path("metadata").path("name"));
        columns.forEach(column -> cells.add(cell(column, object)));
        ObjectNode metadata = json.createObjectNode().put("kind", "PartialObjectMetadata").put("apiVersion",
                "meta.k8s.io/v1");
        metadata.set("metadata", object.path("metadata"));
        row.set("object", wholeObject ? object : metadata);
        return row;
    }

    private String cell(CustomResourceColumnDefinition column, JsonNode object) {
        String value = at(object, column.getJsonPath()).asText();
        return column.getType().equals("date") && !value.isEmpty() ? age(Instant.parse(value)) : value;
    }

    private static JsonNode at(JsonNode object, String path) {
        JsonNode node = object;
        Matcher step = STEP.matcher(path);
        while (step.find()) {
            node = node.path(step.group(1));
            if (step.group(2) != null) {
                node = first(node, step.group(2), step.group(3));
            }
        }
        return node;
    }

    private static JsonNode first(JsonNode list, String key, String value) {
        for (JsonNode item : list) {
            if (item.path(key).asText().equals(value)) {
                return item;
            }
        }
        return MissingNode.getInstance();
    }

    /** As an API server writes ages. */
    private String age(Instant since) {
        Duration age = Duration.between(since, clock.instant());
        long seconds = Math.max(0, age.toSeconds());
        if (seconds < 120) {
            return seconds + "s";
        }
        if (seconds < 600) {
            return String.format(Locale.ROOT, "%dm%ds", seconds / 60, seconds % 60);
        }
        if (seconds < 3 * 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 48 * 3600 ? seconds / 3600 + "h" : seconds / 86_400 + "d";
    }
}
