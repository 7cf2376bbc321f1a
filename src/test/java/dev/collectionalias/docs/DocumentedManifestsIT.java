package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every manifest of the documentation is one that the API server takes, strictly. Nothing is stored: the same names are shown
 * again and again. A block that begins with {@code spec:} is a part of a manifest, and completed by {@link #whole}.
 */
@ExtendWith(ControlPlaneExtension.class)
class DocumentedManifestsIT {

    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    /** Kinds of other programs, which the API server does not know; they are read, no more. */
    private static final Set<String> OF_OTHERS = Set.of("Application", "ApplicationSet", "HelmRelease",
            "HelmRepository", "GitRepository", "Kustomization", "PrometheusRule", "WorkflowTemplate");

    record Manifest(Page.Block block, ObjectNode object) {

        String kind() {
            return object.path("kind").asText();
        }

        @Override
        public String toString() {
            return block + " " + kind();
        }
    }

    static Stream<Manifest> manifests() {
        return all().filter(manifest -> !OF_OTHERS.contains(manifest.kind()));
    }

    private static Stream<Manifest> all() {
        return Page.blocks("yaml").stream().flatMap(block -> documents(block).stream())
                .map(manifest -> new Manifest(manifest.block(), whole(manifest.object())));
    }

    private static List<Manifest> documents(Page.Block block) {
        try {
            return YAML.readerFor(ObjectNode.class).<ObjectNode>readValues(block.code()).readAll().stream()
                    .filter(object -> !isChart(object)).map(object -> new Manifest(block, object)).toList();
        } catch (IOException e) {
            throw new AssertionError(block + " is no YAML", e);
        }
    }

    /** What is shown of a chart is no object; HelmTemplateIT renders it. */
    private static boolean isChart(ObjectNode object) {
        return object.path("apiVersion").asText().equals("v2");
    }

    /** A part that says where a server is is one of a MilvusConnection, any other one of a CollectionAlias. */
    private static ObjectNode whole(ObjectNode object) {
        if (object.has("kind")) {
            return object;
        }
        JsonNode spec = object.path("spec");
        boolean isConnection = spec.has("uri") || spec.has("milvusRef");
        object.put("apiVersion", "collectionalias.dev/v1alpha1")
                .put("kind", isConnection ? "MilvusConnection" : "CollectionAlias")
                .putObject("metadata").put("name", "part");
        return object;
    }

    @ParameterizedTest
    @MethodSource
    void manifests(Manifest manifest, ControlPlane controlPlane, TestNamespace namespace) throws IOException {
        if (manifest.object().path("metadata") instanceof ObjectNode metadata) {
            metadata.remove("namespace");
        }

        Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(),
                YAML.writeValueAsString(manifest.object()), "apply", "--dry-run=server", "--validate=strict", "-n",
                namespace.name(), "-f", "-");

        assertThat(applied.exitCode()).as("%s: %s", manifest, applied.stderr()).isZero();
    }

    /** Those of the operator, beside {@code deploy}. One of aliases has files that are not there. */
    static Stream<Manifest> overlays() {
        return all().filter(manifest -> manifest.kind().equals("Kustomization")
                && manifest.object().path("resources").toString().contains("../deploy"));
    }

    @ParameterizedTest
    @MethodSource
    void overlays(Manifest manifest, ControlPlane controlPlane, @TempDir Path directory) throws IOException {
        Files.createSymbolicLink(directory.resolve("deploy"), Path.of("deploy").toAbsolutePath());
        Path overlay = Files.createDirectory(directory.resolve("my-cluster"));
        Files.writeString(overlay.resolve("kustomization.yaml"), manifest.block().code());

        Outcome rendered = controlPlane.kubectl("kustomize", overlay.toString());

        assertThat(rendered.exitCode()).as("%s: %s", manifest, rendered.stderr()).isZero();
        assertThat(rendered.stdout()).contains("kind: Deployment");
    }

    @Test
    void allKindsOfManifestsAreFound() {
        assertThat(all().map(Manifest::kind)).contains("CollectionAlias", "MilvusConnection",
                "ClusterMilvusConnection", "Kustomization");
    }
}
