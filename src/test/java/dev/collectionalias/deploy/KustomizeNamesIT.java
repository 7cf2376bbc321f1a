package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Kustomize changes the names of objects, and with the component those in aliases and connections with them. */
@ExtendWith(ControlPlaneExtension.class)
class KustomizeNamesIT {

    private static final Path COMPONENT = Path.of("deploy/kustomize").toAbsolutePath();
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
    /** Each of these is in the kustomization, under another name in the end. */
    private static final String OBJECTS = """
            apiVersion: collectionalias.dev/v1alpha1
            kind: MilvusConnection
            metadata: {name: default}
            spec:
              uri: https://milvus.milvus
              auth: {secretRef: {name: login}}
              httpProxy: {host: proxy.example.com, port: 3128, secretRef: {name: login}}
              tls: {caRef: {name: authority, kind: ConfigMap}, clientCertSecretRef: {name: certificate}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: ClusterMilvusConnection
            metadata: {name: shared}
            spec:
              uri: https://milvus.milvus
              auth: {secretRef: {name: login, namespace: NAMESPACE}}
              httpProxy: {host: proxy.example.com, port: 3128, secretRef: {name: login, namespace: NAMESPACE}}
              tls:
                caRef: {name: authority, kind: ConfigMap, namespace: NAMESPACE}
                clientCertSecretRef: {name: certificate, namespace: NAMESPACE}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: MilvusConnection
            metadata: {name: signed}
            spec: {uri: "https://milvus.milvus", tls: {caRef: {name: certificate, key: tls.crt}}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: ClusterMilvusConnection
            metadata: {name: signed-for-all}
            spec:
              uri: https://milvus.milvus
              tls: {caRef: {name: certificate, key: tls.crt, namespace: NAMESPACE}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: CollectionAlias
            metadata: {name: products}
            spec: {alias: products, collection: products_v1, connectionRef: {name: default}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: CollectionAlias
            metadata: {name: reviews}
            spec:
              alias: reviews
              collection: reviews_v1
              connectionRef: {kind: ClusterMilvusConnection, name: shared}
            """;
    /** Kinds that the control plane of this test has not. */
    private static final String MANAGED = """
            apiVersion: milvus.io/v1beta1
            kind: Milvus
            metadata: {name: ours}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: MilvusConnection
            metadata: {name: default}
            spec: {milvusRef: {name: ours}}
            ---
            apiVersion: collectionalias.dev/v1alpha1
            kind: ClusterMilvusConnection
            metadata: {name: shared}
            spec: {milvusRef: {name: ours, namespace: NAMESPACE}}
            """;

    @TempDir
    private Path overlay;

    private String kustomized(ControlPlane controlPlane, TestNamespace namespace, String objects) throws IOException {
        Files.writeString(overlay.resolve("objects.yaml"), objects.replace("NAMESPACE", namespace.name()));
        Files.writeString(overlay.resolve("kustomization.yaml"), """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namespace: %s
                namePrefix: dev-
                resources: [objects.yaml]
                components: [%s]
                secretGenerator:
                - {name: login, literals: [token=a]}
                - {name: certificate, literals: [tls.crt=a, tls.key=b]}
                configMapGenerator:
                - {name: authority, literals: [ca.crt=a]}
                """.formatted(namespace.name(), overlay.relativize(COMPONENT)));
        Outcome kustomized = controlPlane.kubectl("kustomize", overlay.toString());
        assertThat(kustomized.exitCode()).as(kustomized.stderr()).isZero();
        return kustomized.stdout();
    }

    @Test
    void eachNameIsFollowedAndTheServerTakesTheObjects(ControlPlane controlPlane, TestNamespace namespace)
            throws IOException {
        String yaml = kustomized(controlPlane, namespace, OBJECTS);

        List<JsonNode> objects = documents(yaml);
        assertThat(namesIn(objects)).hasSize(5).allSatisfy(name -> assertThat(name).startsWith("dev-"))
                .isSubsetOf(namesOf(objects));
        Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), yaml, "apply", "--dry-run=server",
                "--validate=strict", "-f", "-");
        assertThat(applied.exitCode()).as(applied.stderr()).isZero();
    }

    @Test
    void aMilvusOfMilvusOperatorIsFollowed(ControlPlane controlPlane, TestNamespace namespace) throws IOException {
        List<JsonNode> objects = documents(kustomized(controlPlane, namespace, MANAGED));

        assertThat(namesIn(objects)).containsExactly("dev-ours");
    }

    private static List<JsonNode> documents(String yaml) throws IOException {
        return YAML.readerFor(JsonNode.class).<JsonNode>readValues(yaml).readAll();
    }

    private static Set<String> namesOf(List<JsonNode> objects) {
        return objects.stream().map(object -> object.at("/metadata/name").asText()).collect(Collectors.toSet());
    }

    /** In each field that is called a reference, wherever it is. */
    private static Set<String> namesIn(List<JsonNode> objects) {
        Set<String> found = new TreeSet<>();
        objects.forEach(object -> collect(object.path("spec"), found));
        return found;
    }

    private static void collect(JsonNode node, Set<String> found) {
        node.properties().forEach(field -> {
            if (field.getKey().endsWith("Ref")) {
                found.add(field.getValue().get("name").asText());
            }
            collect(field.getValue(), found);
        });
    }
}
