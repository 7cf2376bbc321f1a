package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.support.GeneratedFiles;
import org.junit.jupiter.api.Test;

/** Writes docs/api.md from the CRDs, so that it says what the API server enforces. */
class ApiReferenceTest {

    private static final Path PAGE = Path.of("docs/api.md");
    private static final String MARKER = "<!-- From here on, ApiReferenceTest writes this page from crds/. -->\n";
    private static final List<String> PLURALS = List.of("collectionaliases", "milvusconnections",
            "clustermilvusconnections");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** A field, with the path that {@code kubectl explain} takes; {@code []} is for each item of a list. */
    private record Field(String path, JsonNode schema, boolean required) {}

    private static JsonNode crd(String plural) throws IOException {
        return YAML.readTree(Path.of("crds", plural + ".collectionalias.dev.yaml").toFile()).get("spec");
    }

    @Test
    void isWhatTheCrdsSay() throws IOException {
        String written = Files.readString(PAGE);
        StringBuilder reference = new StringBuilder();
        for (String plural : PLURALS) {
            reference.append(kind(crd(plural)));
        }

        assertThat(written).contains(MARKER);
        GeneratedFiles.assertCurrent(written.substring(0, written.indexOf(MARKER)) + MARKER + reference, PAGE);
    }

    @Test
    void everyFieldIsDescribed() throws IOException {
        for (String plural : PLURALS) {
            JsonNode properties = schema(crd(plural)).get("properties");
            assertThat(Stream.of("spec", "status").flatMap(part -> fields(properties.get(part)).stream()))
                    .isNotEmpty().allSatisfy(field -> assertThat(field.schema().path("description").asText())
                            .as(plural + " " + field.path()).endsWith("."));
        }
    }

    private static String kind(JsonNode crd) {
        String kind = crd.at("/names/kind").asText();
        JsonNode properties = schema(crd).get("properties");
        return """

                ## %s

                Short `%s`, %s.

                ### The spec of a %s

                %s%s
                ### The status of a %s

                %s""".formatted(kind, crd.at("/names/shortNames/0").asText(),
                crd.get("scope").asText().equals("Cluster") ? "of the cluster" : "in a namespace", kind,
                table(properties.get("spec")), rules(properties.get("spec")), kind, table(properties.get("status")));
    }

    private static JsonNode schema(JsonNode crd) {
        return crd.at("/versions/0/schema/openAPIV3Schema");
    }

    private static String table(JsonNode part) {
        StringBuilder rows = new StringBuilder("""
                | Field | Type | Default | Allowed | Meaning |
                | --- | --- | --- | --- | --- |
                """);
        fields(part).forEach(field -> rows.append("| `%s` | %s | %s | %s | %s |%n".formatted(field.path(),
                type(field.schema()), code(field.schema().path("default")), allowed(field),
                cell(field.schema().path("description").asText()))));
        return rows.toString();
    }

    /** Those that hold for fields together. */
    private static String rules(JsonNode spec) {
        StringBuilder list = new StringBuilder();
        messages(spec).forEach(message -> list.append("- ").append(message).append('\n'));
        return list.isEmpty() ? "" : "\nTogether they have to satisfy:\n\n" + list;
    }

    private static List<Field> fields(JsonNode part) {
        List<Field> found = new ArrayList<>();
        collect("", part, found);
        return found;
    }

    private static void collect(String prefix, JsonNode object, List<Field> found) {
        List<String> required = texts(object.path("required"));
        object.path("properties").properties().forEach(property -> {
            JsonNode schema = property.getValue();
            String path = prefix + property.getKey();
            found.add(new Field(path, schema, required.contains(property.getKey())));
            collect(path + ".", schema, found);
            collect(path + "[].", schema.path("items"), found);
        });
    }

    private static String type(JsonNode schema) {
        String type = schema.get("type").asText();
        if (type.equals("array")) {
            return "list of " + type(schema.get("items"));
        }
        return schema.has("additionalProperties") ? "map" : schema.path("format").asText(type);
    }

    private static String allowed(Field field) {
        JsonNode schema = field.schema();
        List<String> limits = new ArrayList<>(field.required() ? List.of("required") : List.of());
        texts(schema.path("enum")).forEach(value -> limits.add("`" + value + "`"));
        limits.add(range(schema.path("minimum"), schema.path("maximum"), ""));
        limits.add(range(schema.path("minLength"), schema.path("maxLength"), " characters"));
        limits.add(range(schema.path("minItems"), schema.path("maxItems"), " items"));
        Stream.of(schema, schema.path("items")).filter(node -> node.has("pattern"))
                .forEach(node -> limits.add(code(node.get("pattern"))));
        limits.addAll(messages(schema));
        limits.removeIf(String::isEmpty);
        return String.join(", ", limits);
    }

    private static String range(JsonNode least, JsonNode most, String unit) {
        if (least.isMissingNode()) {
            return most.isMissingNode() ? "" : "at most " + most.asLong() + unit;
        }
        return most.isMissingNode()
                ? "at least " + least.asLong() + unit
                : least.asLong() + " to " + most.asLong() + unit;
    }

    private static List<String> messages(JsonNode schema) {
        return StreamSupport.stream(schema.path("x-kubernetes-validations").spliterator(), false)
                .map(rule -> cell(rule.get("message").asText())).toList();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
    }

    private static String code(JsonNode value) {
        return value.isMissingNode() ? "" : "`" + cell(value.isTextual() ? value.asText() : value.toString()) + "`";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replace("\n", " ");
    }
}
