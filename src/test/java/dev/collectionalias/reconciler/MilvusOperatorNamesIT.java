package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.MilvusObject;
import dev.collectionalias.support.SharedConnection;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionNames;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What kubectl takes the names of kinds for where both operators are installed. */
@ExtendWith(ControlPlaneExtension.class)
class MilvusOperatorNamesIT {

    private KubernetesClient client;
    private Kubectl kubectl;
    private String object;

    @BeforeEach
    void oneObjectOfEachKindAllOfOneName(ControlPlane controlPlane, TestNamespace namespace) {
        client = controlPlane.client();
        kubectl = new Kubectl(controlPlane, namespace.name());
        object = namespace.name();
        MilvusObject.install(client);
        AliasObjects ours = new AliasObjects(namespace);
        ours.aliasWith(object, "{alias: products, collection: products_v1}");
        ours.connection(object, "{uri: 'http://milvus.milvus'}");
        SharedConnection.create(client, object, "{uri: 'http://milvus.milvus'}");
        kubectl.apply("""
                {apiVersion: milvus.io/v1beta1, kind: Milvus, metadata: {name: %1$s}}
                ---
                {apiVersion: milvus.io/v1alpha1, kind: MilvusCluster, metadata: {name: %1$s}}
                ---
                {apiVersion: milvus.io/v1beta1, kind: MilvusUpgrade, metadata: {name: %1$s}}
                """.formatted(object));
    }

    @AfterEach
    void leaveTheClusterAsItWas() {
        kubectl.run("delete", "cmconn", object);
        MilvusObject.uninstall(client);
    }

    /** A category that is called like a kind takes the name away from it. */
    @Test
    void everyNameOfAKindMeansThatKindAlone() {
        Map<String, String> kinds = new TreeMap<>();
        kindsOfBoth().forEach(kind -> Stream.concat(kind.getShortNames().stream(),
                Stream.of(kind.getPlural(), kind.getSingular(), kind.getKind()))
                .forEach(name -> kinds.put(name, kind.getSingular())));
        assertThat(kinds).containsKeys("calias", "mconn", "cmconn", "mi", "mc", "mic", "milvus", "milvuses");

        kinds.forEach((name, kind) -> assertThat(kubectl.run("get", name, object, "-o=jsonpath={.kind}"))
                .as("kubectl get " + name).isEqualToIgnoringCase(kind));
    }

    /** As Milvus' own pages say it. */
    @Test
    void everyCommandForAMilvusMeansNothingElse() {
        String milvus = "milvus.milvus.io/" + object;

        assertThat(kubectl.run("get", "milvus", "-o", "name")).isEqualTo(milvus + "\n");
        assertThat(kubectl.run("describe", "milvus", object).lines().filter(line -> line.startsWith("Kind:")))
                .containsExactly("Kind:         Milvus");
        assertThat(kubectl.run("wait", "milvus", object, "--for=jsonpath={.kind}=Milvus", "--timeout=10s"))
                .isEqualTo(milvus + " condition met\n");
        assertThat(kubectl.run("patch", "milvus", object, "--type=merge", "--patch=spec: {mode: cluster}",
                "--dry-run=server", "-o", "name")).isEqualTo(milvus + "\n");
        assertThat(kubectl.run("delete", "milvus", object, "--dry-run=server", "-o", "name"))
                .isEqualTo(milvus + "\n");
        assertThat(kubectl.run("delete", "milvus", "--all", "--dry-run=server", "-o", "name"))
                .isEqualTo(milvus + "\n");
    }

    private Stream<CustomResourceDefinitionNames> kindsOfBoth() {
        return client.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .map(CustomResourceDefinition::getSpec)
                .filter(crd -> List.of(Api.GROUP, "milvus.io").contains(crd.getGroup()))
                .map(CustomResourceDefinitionSpec::getNames);
    }
}
