package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An overlay of the shipped parts, as docs/installing.md has users write one, is what a real API server accepts. */
@ExtendWith(ControlPlaneExtension.class)
class KustomizeIT {

    private static final Path DEPLOY = Path.of("deploy").toAbsolutePath();

    /** The base and what is made from it, then the base with each component. */
    static Stream<Arguments> parts() throws IOException {
        Path base = DEPLOY.resolve("base");
        Stream<Arguments> alone = Stream.concat(Stream.of(base), directories("overlays"))
                .map(directory -> Arguments.of(directory, List.of()));
        return Stream.concat(alone, directories("components").map(component -> Arguments.of(base, List.of(component))));
    }

    private static Stream<Path> directories(String below) throws IOException {
        try (Stream<Path> directories = Files.list(DEPLOY.resolve(below))) {
            return directories.sorted().toList().stream();
        }
    }

    /** One overlay has objects of Prometheus Operator, and one component changes one of argocd-operator. */
    @BeforeAll
    static void installTheirKinds(ControlPlane controlPlane) {
        for (String operator : List.of("prometheus-operator", "argocd-operator")) {
            install("src/test/resources/" + operator + "/crds.yaml", controlPlane);
        }
    }

    private static void install(String kinds, ControlPlane controlPlane) {
        Outcome applied = controlPlane.kubectl("apply", "-f", kinds);
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        controlPlane.awaitKinds("-f", kinds);
    }

    @ParameterizedTest
    @MethodSource("parts")
    void isAccepted(Path part, List<Path> components, ControlPlane controlPlane, TestNamespace namespace,
            @TempDir Path overlay) throws IOException {
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                resources: [%s]
                components: %s
                """.formatted(namespace.name(), overlay.relativize(part),
                components.stream().map(component -> overlay.relativize(component).toString()).toList()));

        Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), "", "apply", "--dry-run=server",
                "--validate=strict", "-k", overlay.toString());

        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        assertThat(applied.stdout()).contains("deployment.apps/collection-alias-operator");
        // Subjects of role bindings, too: kustomize moves only those whose account it finds.
        assertThat(controlPlane.kubectl("kustomize", overlay.toString()).stdout()).contains("kind: RoleBinding")
                .doesNotContain("collection-alias-system");
    }

    /** Otherwise whoever deletes the operator deletes the team's namespace. */
    @Test
    void namespacedModeLeavesTheNamespaceToTheTeam(ControlPlane controlPlane) {
        String namespaced = controlPlane.kubectl("kustomize", DEPLOY.resolve("overlays/namespaced").toString())
                .stdout();

        assertThat(namespaced).contains("kind: Deployment").doesNotContain("kind: Namespace\n");
    }

    /** Argo CD's own ConfigMap keeps what is in it, whichever namespace it names. */
    @Test
    void theComponentForArgoCdAddsToItsConfigMap(ControlPlane controlPlane, TestNamespace namespace,
            @TempDir Path overlay) throws IOException {
        Files.writeString(overlay.resolve("argocd.yaml"), """
                apiVersion: v1
                kind: ConfigMap
                metadata: {name: argocd-cm, namespace: %s}
                data: {admin.enabled: "false"}
                """.formatted(namespace.name()));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [argocd.yaml]
                components: [%s]
                """.formatted(overlay.relativize(DEPLOY.resolve("argocd"))));

        Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), "", "apply", "--dry-run=server",
                "--validate=strict", "-o", "yaml", "-k", overlay.toString());

        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        ConfigMap patch = Serialization.unmarshal(Files.readString(DEPLOY.resolve("argocd/argocd-cm.yaml")),
                ConfigMap.class);
        assertThat(Serialization.unmarshal(applied.stdout(), ConfigMap.class).getData())
                .containsEntry("admin.enabled", "false").containsAllEntriesOf(patch.getData());
    }

    /** Which then writes the ConfigMap, so that there is none to add to. */
    @Test
    void theComponentForArgoCdAddsToWhatArgocdOperatorReads(ControlPlane controlPlane, TestNamespace namespace,
            @TempDir Path overlay) throws IOException {
        Files.writeString(overlay.resolve("argocd.yaml"), """
                apiVersion: argoproj.io/v1beta1
                kind: ArgoCD
                metadata: {name: ours, namespace: %s}
                spec: {version: v3.2.0}
                """.formatted(namespace.name()));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                resources: [argocd.yaml]
                components: [%s]
                """.formatted(overlay.relativize(DEPLOY.resolve("argocd"))));

        Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), "", "apply", "--dry-run=server",
                "--validate=strict", "-o", "json", "-k", overlay.toString());

        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
        JsonNode spec = new ObjectMapper().readTree(applied.stdout()).get("spec");
        assertThat(spec.get("version").asText()).isEqualTo("v3.2.0");
        assertThat(spec.get("resourceHealthChecks").findValuesAsText("kind")).containsExactlyInAnyOrder(
                "CollectionAlias", "MilvusConnection", "ClusterMilvusConnection");
        assertThat(spec.get("resourceActions").findValuesAsText("kind")).containsExactly("CollectionAlias");
    }
}
