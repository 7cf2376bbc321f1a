package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map.Entry;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.collectionalias.support.GeneratedFiles;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The bundle for OLM is what the manifests are. A stale file is written anew and fails the build, to be committed. What the
 * scorecard asks of it, which needs a cluster, is asked here as far as that goes without.
 */
class OlmBundleTest {

    @Test
    void theBundleIsMadeFromTheManifests() throws IOException {
        GeneratedFiles.assertCurrent("# Written by OlmBundleTest from ../../base.yaml and from what it names.\n"
                + OlmBundle.clusterServiceVersion(), OlmBundle.CSV);
    }

    /** CrdsTest writes them. */
    @Test
    void eachKindOfTheBundleIsInIt() throws IOException {
        List<String> expected = Stream.concat(Stream.of(OlmBundle.CSV.getFileName().toString()),
                OlmBundle.owned().stream().map(kind -> kind.get("name").asText() + ".yaml")).toList();

        try (Stream<Path> files = Files.list(OlmBundle.MANIFESTS)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    @Test
    void theImageOfTheBundleIsLabelledAsItIsAnnotated() throws IOException {
        JsonNode annotations = OlmBundle.read(OlmBundle.FOLDER.resolve("metadata/annotations.yaml")).get("annotations");

        assertThat(Files.readAllLines(Path.of("deploy/olm/bundle.Dockerfile")))
                .filteredOn(line -> line.startsWith("LABEL "))
                .containsExactlyElementsOf(annotations.properties().stream()
                        .map(entry -> "LABEL " + entry.getKey() + "=" + entry.getValue().asText()).toList());
    }

    static List<JsonNode> owned() throws IOException {
        return OlmBundle.owned();
    }

    @ParameterizedTest
    @MethodSource("owned")
    void eachKindHasAnExampleOfWhichEachFieldIsDescribed(JsonNode kind) throws IOException {
        String examples = OlmBundle.read(OlmBundle.CSV).at("/metadata/annotations/alm-examples").asText();
        List<JsonNode> found = OlmBundle.list(OlmBundle.JSON.readTree(examples))
                .filter(example -> example.get("kind").equals(kind.get("kind"))).toList();

        assertThat(found).singleElement().satisfies(example -> assertThat(
                kind.get("specDescriptors").findValuesAsText("path"))
                .containsAll(example.get("spec").properties().stream().map(Entry::getKey).toList()));
    }

    @ParameterizedTest
    @MethodSource("owned")
    void eachKindHasResourcesAndShowsItsConditions(JsonNode kind) {
        assertThat(kind.get("resources")).isNotEmpty();
        assertThat(OlmBundle.list(kind.get("statusDescriptors"))).anySatisfy(descriptor -> assertThat(
                descriptor.get("x-descriptors").get(0).asText())
                .isEqualTo("urn:alm:descriptor:io.kubernetes.conditions"));
    }
}
