package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.collectionalias.docs.Page;
import dev.collectionalias.support.Helm;
import dev.collectionalias.support.Helm.Major;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Another chart can depend on this one. */
class HelmParentChartIT {

    private static final List<Helm> HELMS = Stream.of(Major.values()).map(Helm::find).toList();

    static Stream<Arguments> conditions() {
        return Stream.of(Arguments.of("", Set.of("shop-collection-alias-operator")),
                Arguments.of("second.enabled=true", Set.of("shop-collection-alias-operator", "shop-second")),
                Arguments.of("second.enabled=true,collection-alias-operator.enabled=false", Set.of("shop-second")),
                Arguments.of("collection-alias-operator.enabled=false", Set.of()));
    }

    @ParameterizedTest
    @MethodSource("conditions")
    void aParentChartTakesItInByACondition(String values, Set<String> deployments, @TempDir Path parent)
            throws IOException {
        String documented = Page.read(Path.of(HelmChart.PATH, "README.md")).blocks().stream().map(Page.Block::code)
                .filter(code -> code.contains("dependencies:")).findFirst().orElseThrow();
        String second = """
                - name: collection-alias-operator
                  alias: second
                  version: "*"
                  repository: file://../collection-alias-operator/deploy/helm
                  condition: second.enabled
                """;
        Files.writeString(parent.resolve("Chart.yaml"),
                (documented + second).replace("../collection-alias-operator/deploy/helm",
                        Path.of(HelmChart.PATH).toAbsolutePath().toString()));
        Files.writeString(parent.resolve("values.yaml"), """
                global: {imagePullSecrets: [registry]}
                second: {enabled: false}
                """);
        for (Helm helm : HELMS) {
            helm.runOrFail("dependency", "build", parent.toString());
            List<JsonNode> found = HelmChart
                    .documents(helm.runOrFail("template", "shop", parent.toString(), "--set", values))
                    .stream().filter(object -> object.get("kind").asText().equals("Deployment")).toList();

            assertThat(found).extracting(deployment -> deployment.at("/metadata/name").asText())
                    .containsExactlyInAnyOrderElementsOf(deployments);
            assertThat(found).allSatisfy(deployment -> assertThat(
                    deployment.at("/spec/template/spec/imagePullSecrets/0/name").asText()).isEqualTo("registry"));
        }
    }

    /** A template of the same name in another chart of a parent's would take its place. */
    @Test
    void noTemplateIsCalledAsOneOfAnotherChart() throws IOException {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> templates = Files.newDirectoryStream(Path.of(HelmChart.PATH, "templates"))) {
            for (Path template : templates) {
                Matcher define = Pattern.compile("define \"([^\"]+)\"").matcher(Files.readString(template));
                define.results().forEach(found -> names.add(found.group(1)));
            }
        }

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(name).startsWith("collection-alias-operator."));
    }
}
