package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.GeneratedFiles;
import dev.collectionalias.support.Helm;
import dev.collectionalias.support.Helm.Major;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chart renders to what is stored, by Helm 3 and 4 alike, with the defaults and with each value another. */
class HelmTemplateIT {

    private static final Path GOLDEN = Path.of("src/test/resources/helm");

    @ParameterizedTest
    @ValueSource(strings = {"deploy/helm/values.yaml", "src/test/resources/helm/everything.values.yaml"})
    void isLintedStrictly(String values) {
        Outcome lint = HelmChart.HELM.run("lint", "--strict", HelmChart.PATH, "--values", values);

        assertThat(lint.exitCode()).as(lint.stdout() + lint.stderr()).isZero();
    }

    /** Without the CRDs, which {@link HelmAsKustomizeIT} compares with kustomize's. */
    @Test
    void defaultsRenderAsTheyDid() {
        GeneratedFiles.assertCurrent(HelmChart.rendered("--set", "crds.install=false"), GOLDEN.resolve("default.yaml"));
    }

    @Test
    void everythingRendersAsItDid() {
        GeneratedFiles.assertCurrent(HelmChart.rendered("--values", HelmChart.EVERYTHING),
                GOLDEN.resolve("everything.yaml"));
    }

    /** So that no value is forgotten in what is rendered, linted and installed with everything. */
    @Test
    void everythingIsEachValueOtherThanByDefault() throws IOException {
        JsonNode everything = HelmChart.YAML.readTree(Path.of(HelmChart.EVERYTHING).toFile());
        JsonNode defaults = HelmChart.YAML.readTree(Path.of(HelmChart.PATH, "values.yaml").toFile());
        // Where the other value would leave something out, it has a test of its own.
        Set<String> same = Set.of("/leaderElection", "/serviceAccount/create", "/rbac/create", "/userRoles/create",
                "/enabled");

        assertThat(paths("", defaults)).allSatisfy(path -> {
            assertThat(everything.at(path).isMissingNode()).as(path).isFalse();
            if (!same.contains(path)) {
                assertThat(everything.at(path)).as(path).isNotEqualTo(defaults.at(path));
            }
        });
    }

    private static List<String> paths(String prefix, JsonNode group) {
        Set<String> groups = Set.of("image", "page", "serviceAccount", "rbac", "userRoles", "crds",
                "podDisruptionBudget",
                "serviceMonitor", "prometheusRule", "networkPolicy");
        return group.properties().stream().flatMap(entry -> groups.contains(entry.getKey())
                ? paths(prefix + "/" + entry.getKey(), entry.getValue()).stream()
                : Stream.of(prefix + "/" + entry.getKey())).toList();
    }

    /** Apart from empty lines. */
    @ParameterizedTest
    @ValueSource(strings = {"deploy/helm/values.yaml", "src/test/resources/helm/everything.values.yaml"})
    void rendersToTheSameByHelm4(String values) throws IOException {
        String yaml = Helm.find(Major.FOUR).runOrFail("template", "collection-alias-operator", HelmChart.PATH,
                "--namespace",
                HelmChart.NAMESPACE, "--values", values);

        assertThat(HelmChart.documents(yaml)).isNotEmpty()
                .isEqualTo(HelmChart.documents(HelmChart.rendered("--values", values)));
    }
}
