package dev.collectionalias.api.v1alpha1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whoever updates from a release keeps what they have: each released definition is compared with the current one. An empty
 * directory that has a release's name is filled with the current ones, without what they say to people.
 */
class ReleasedCrdsTest {

    private static final Path CRDS = Path.of("crds");
    private static final Path RELEASES = Path.of("src/test/resources/crds-released");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory()
            .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES).disable(YAMLGenerator.Feature.SPLIT_LINES));

    static List<Path> releases() throws IOException {
        List<Path> releases = list(RELEASES);
        assertThat(releases).isNotEmpty();
        return releases;
    }

    @ParameterizedTest
    @MethodSource("releases")
    void nothingOfAReleaseIsTakenAway(Path release) throws IOException {
        if (list(release).isEmpty()) {
            fill(release);
            fail(release + " was empty and has been filled: commit it");
        }
        for (Path released : list(release)) {
            Path current = CRDS.resolve(released.getFileName());
            assertThat(current).exists();
            assertThat(CrdCompatibility.broken(read(released), read(current)))
                    .as("what users of %s lose by %s".formatted(release.getFileName(), current)).isEmpty();
        }
    }

    private static void fill(Path release) throws IOException {
        for (Path crd : list(CRDS).stream().filter(file -> file.toString().endsWith(".dev.yaml")).toList()) {
            YAML.writeValue(release.resolve(crd.getFileName()).toFile(), withoutTexts(read(crd)));
        }
    }

    private static JsonNode withoutTexts(JsonNode node) {
        if (node.path("description").isTextual()) {
            ((ObjectNode) node).remove("description");
        }
        node.forEach(ReleasedCrdsTest::withoutTexts);
        return node;
    }

    private static JsonNode read(Path file) throws IOException {
        return YAML.readTree(file.toFile());
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.sorted().toList();
        }
    }
}
