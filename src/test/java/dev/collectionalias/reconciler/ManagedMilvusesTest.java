package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.reconciler.ManagedMilvuses.Found;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The address of a server that milvus-operator looks after, for each way that it can be exposed and configured. */
@EnableKubernetesMockClient(crud = true)
class ManagedMilvusesTest {

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder().withGroup("milvus.io")
            .withVersion("v1beta1").withKind("Milvus").withPlural("milvuses").withNamespaced(true).build();
    private static final ObjectName RELEASE = new ObjectName("shop", "release");

    private KubernetesClient client;

    @ParameterizedTest
    @ValueSource(strings = {"ClusterIP", "LoadBalancer", "NodePort"})
    void serviceTellsTheAddressWhateverItsType(String type) {
        service(type, 19531);
        milvus("{}");

        assertThat(find()).isEqualTo(ready("http://release-milvus.shop:19531"));
    }

    @Test
    void withoutAServiceThereIsNoAddress() {
        milvus("{}");

        assertThat(find()).isEqualTo(new Found.Nowhere("Milvus shop/release has no address yet: there is no Service "
                + "shop/release-milvus with a port named milvus", false));
    }

    @ParameterizedTest
    @CsvSource({"0, http", "1, https", "2, https", "'\"2\"', https", "'\"\"', http"})
    void schemeFollowsTheConfiguration(String tlsMode, String scheme) {
        service("ClusterIP", 19530);
        milvus("{config: {common: {security: {tlsMode: %s}}}}".formatted(tlsMode));

        assertThat(find()).isEqualTo(ready(scheme + "://release-milvus.shop:19530"));
    }

    @Test
    void whatIsNotReadyHasAnAddressAllTheSame() {
        service("ClusterIP", 19530);
        create("{}", "{conditions: [{type: MilvusReady, status: 'False', message: starting}]}");

        assertThat(find()).isEqualTo(new Found.At("http://release-milvus.shop:19530",
                Optional.of("Milvus shop/release is not ready: starting")));
    }

    @Test
    void reasonStandsInForAMissingMessage() {
        service("ClusterIP", 19530);
        create("{}", "{conditions: [{type: MilvusReady, status: Unknown, reason: NotYet}]}");

        assertThat(find()).isEqualTo(new Found.At("http://release-milvus.shop:19530",
                Optional.of("Milvus shop/release is not ready: milvus-operator gives the reason NotYet")));
    }

    private static Found ready(String uri) {
        return new Found.At(uri, Optional.empty());
    }

    private Found find() {
        return new ManagedMilvuses(client).find(RELEASE);
    }

    private void service(String type, int port) {
        client.resource(new ServiceBuilder().withNewMetadata().withNamespace("shop").withName("release-milvus")
                .endMetadata().withNewSpec().withType(type)
                .addNewPort().withName("metrics").withPort(9091).endPort()
                .addNewPort().withName("milvus").withPort(port).endPort().endSpec().build()).create();
    }

    private void milvus(String spec) {
        create(spec, "{conditions: [{type: MilvusReady, status: 'True'}]}");
    }

    private void create(String spec, String status) {
        String yaml = """
                apiVersion: milvus.io/v1beta1
                kind: Milvus
                metadata: {name: release, namespace: shop}
                spec: %s
                status: %s
                """.formatted(spec, status);
        client.genericKubernetesResources(KIND).inNamespace("shop")
                .resource(Serialization.unmarshal(yaml, GenericKubernetesResource.class)).create();
    }
}
