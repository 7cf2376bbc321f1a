package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import dev.collectionalias.support.GeneratedFiles;
import org.junit.jupiter.api.Test;

/**
 * {@code values.schema.json} says what each value of the chart is, means and is by default; {@code values.yaml} and the
 * chart's README are written from it. A stale file is written anew and fails the build, to be committed.
 */
class ChartValuesTest {

    private static final Path CHART = Path.of("deploy/helm");
    private static final String MARKER = "<!-- From here on, ChartValuesTest writes this file from values.schema.json. -->\n";
    private static final int WIDTH = 110;
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectMapper YAML = new ObjectMapper(
            new YAMLFactory().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
                    .disable(YAMLGenerator.Feature.SPLIT_LINES).enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
                    .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS));

    /** A value, or a group of values, which has none of its own. */
    private record Value(String path, JsonNode schema) {

        String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }

        int depth() {
            return path.split("\\.").length - 1;
        }

        boolean isGroup() {
            return schema.has("properties");
        }

        String description() {
            return schema.path("description").asText();
        }
    }

    private static List<Value> values() throws IOException {
        List<Value> found = new ArrayList<>();
        collect("", JSON.readTree(CHART.resolve("values.schema.json").toFile()), found);
        return found;
    }

    private static void collect(String prefix, JsonNode group, List<Value> found) {
        group.get("properties").properties().forEach(property -> {
            Value value = new Value(prefix + property.getKey(), property.getValue());
            found.add(value);
            if (value.isGroup()) {
                collect(value.path() + ".", value.schema(), found);
            }
        });
    }

    @Test
    void eachValueIsDescribedHasADefaultAndAllowsNoOthersBesideIt() throws IOException {
        assertThat(JSON.readTree(CHART.resolve("values.schema.json").toFile()).get("additionalProperties").asBoolean())
                .isFalse();
        assertThat(values()).allSatisfy(value -> {
            assertThat(value.description()).as(value.path()).endsWith(".");
            assertThat(value.schema().has("type")).as(value.path()).isTrue();
            if (value.isGroup()) {
                assertThat(value.schema().get("additionalProperties").asBoolean()).as(value.path()).isFalse();
            } else {
                assertThat(value.schema().has("default")).as(value.path()).isTrue();
            }
        });
    }

    @Test
    void valuesAreThoseOfTheSchema() throws IOException {
        StringBuilder yaml = new StringBuilder("# Written from values.schema.json by ChartValuesTest.\n");
        for (Value value : values()) {
            String indent = "  ".repeat(value.depth());
            if (value.depth() == 0) {
                yaml.append('\n');
            }
            wrapped(value.description(), WIDTH - indent.length())
                    .forEach(line -> yaml.append(indent).append("# ").append(line).append('\n'));
            String assignment = value.isGroup() ? value.name() + ":" : assignment(value);
            yaml.append(assignment.indent(indent.length()));
        }
        GeneratedFiles.assertCurrent(yaml.toString(), CHART.resolve("values.yaml"));
    }

    private static String assignment(Value value) throws JsonProcessingException {
        return YAML.writeValueAsString(JSON.createObjectNode().set(value.name(), value.schema().get("default")));
    }

    @Test
    void readmeListsThem() throws IOException {
        Path readme = CHART.resolve("README.md");
        String written = Files.readString(readme);
        StringBuilder table = new StringBuilder("\n| Value | Default | Meaning |\n| --- | --- | --- |\n");
        for (Value value : values()) {
            if (!value.isGroup()) {
                table.append("| `%s` | `%s` | %s |%n".formatted(value.path(), value.schema().get("default"),
                        value.description()));
            }
        }
        assertThat(written).contains(MARKER);
        GeneratedFiles.assertCurrent(written.substring(0, written.indexOf(MARKER)) + MARKER + table, readme);
    }

    /** An image is tagged with the project's version, and the chart names that tag. */
    @Test
    void theChartIsOfTheProjectsVersion() throws IOException {
        String version = Files.readString(Path.of("pom.xml")).split("</?version>")[1].replace("-SNAPSHOT", "");

        JsonNode chart = YAML.readTree(CHART.resolve("Chart.yaml").toFile());

        assertThat(chart.get("appVersion").asText()).isEqualTo(version);
        assertThat(chart.get("version").asText()).isEqualTo(version);
    }

    private static Stream<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>(List.of(""));
        for (String word : text.split(" ")) {
            String longer = (lines.getLast() + " " + word).strip();
            if (longer.length() > width - 2) {
                lines.add(word);
            } else {
                lines.set(lines.size() - 1, longer);
            }
        }
        return lines.stream();
    }
}
