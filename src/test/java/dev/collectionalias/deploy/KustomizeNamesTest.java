package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import org.junit.jupiter.api.Test;

/** Kustomize is told of each field that names another object. */
class KustomizeNamesTest {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    @Test
    void eachReferenceOfTheKindsIsFollowed() throws IOException {
        Set<String> told = new TreeSet<>();
        YAML.readTree(Path.of("deploy/kustomize/name-references.yaml").toFile()).get("nameReference")
                .forEach(target -> target.get("fieldSpecs").forEach(field -> told.add(field.get("kind").asText() + " "
                        + field.get("path").asText().replaceFirst("/name$", ""))));

        assertThat(told).isEqualTo(references());
    }

    private static Set<String> references() throws IOException {
        Set<String> found = new TreeSet<>();
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            for (Path file : files.filter(file -> file.toString().endsWith(".collectionalias.dev.yaml")).toList()) {
                JsonNode crd = YAML.readTree(file.toFile());
                collect(crd.at("/spec/names/kind").asText() + " spec",
                        crd.at("/spec/versions/0/schema/openAPIV3Schema/properties/spec"), found);
            }
        }
        return found;
    }

    private static void collect(String path, JsonNode schema, Set<String> found) {
        schema.path("properties").properties().forEach(field -> {
            if (field.getKey().endsWith("Ref")) {
                found.add(path + "/" + field.getKey());
            }
            collect(path + "/" + field.getKey(), field.getValue(), found);
        });
    }
}
