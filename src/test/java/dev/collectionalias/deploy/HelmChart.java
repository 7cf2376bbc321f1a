package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.Helm;
import dev.collectionalias.support.Helm.Major;

/** The chart, and what helm makes of it. */
final class HelmChart {

    static final String PATH = "deploy/helm";
    static final String NAMESPACE = "collection-alias-system";
    static final String EVERYTHING = "src/test/resources/helm/everything.values.yaml";
    static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    static final Helm HELM = Helm.find(Major.THREE);

    private HelmChart() {}

    static Outcome render(String... values) {
        List<String> line = new ArrayList<>(
                List.of("template", "collection-alias-operator", PATH, "--namespace", NAMESPACE));
        line.addAll(List.of(values));
        return HELM.run(line.toArray(String[]::new));
    }

    static String rendered(String... values) {
        Outcome outcome = render(values);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout();
    }

    static List<JsonNode> documents(String yaml) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll().stream()
                .filter(JsonNode::isObject).toList();
    }
}
