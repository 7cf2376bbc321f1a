package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import dev.collectionalias.kubernetes.ManagedMilvuses.Found;
import dev.collectionalias.kubernetes.ManagedMilvuses.Nowhere;
import dev.collectionalias.kubernetes.SettingsReader.Lack;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
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
    private KubernetesMockServer server;

    @ParameterizedTest
    @ValueSource(strings = {"ClusterIP", "LoadBalancer", "NodePort"})
    void serviceTellsTheAddressWhateverItsType(String type) {
        service(type, 19531);
        milvus("{}");

        assertThat(find()).isEqualTo(at("release-milvus.shop:19531"));
    }

    /** milvus-operator takes no notice of the port there, and says nothing at all for a NodePort (GetMilvusEndpoint). */
    @ParameterizedTest
    @CsvSource({"ClusterIP, release-milvus.shop:19530", "LoadBalancer, 203.0.113.7:19530", "NodePort, ''"})
    void serviceIsRightWhereTheStatusHasAnotherPort(String type, String endpoint) {
        service(type, 31817);
        create("{components: {standalone: {port: 31817, serviceType: %s}}}".formatted(type),
                "{endpoint: '%s', conditions: [{type: MilvusReady, status: 'True'}]}".formatted(endpoint));

        assertThat(find()).isEqualTo(at("release-milvus.shop:31817"));
    }

    @Test
    void withoutAServiceThereIsNoAddress() {
        milvus("{}");

        assertThat(find()).isEqualTo(new Nowhere("Milvus shop/release has no address yet: there is no Service "
                + "shop/release-milvus with a port named milvus", Lack.NONE));
    }

    /** In a namespace that is being deleted, the operator's Role goes, and the connection is not to wait for it. */
    @Test
    void oneThatMayNotBeReadIsNotJustOneThatFails() {
        server.expect().get().withPath("/apis/milvus.io/v1beta1/namespaces/shop/milvuses/release").andReturn(403, """
                {"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403}""")
                .once();

        assertThat(find()).isEqualTo(new Nowhere("Milvus shop/release can't be read: the operator may not, or the API "
                + "server does not answer", Lack.FORBIDDEN));
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "2, true", "'\"2\"', true", "'\"\"', false"})
    void configurationAsksForTlsByItsMode(String tlsMode, boolean asks) {
        service("ClusterIP", 19530);
        milvus("{config: {common: {security: {tlsMode: %s}}}}".formatted(tlsMode));

        assertThat(find()).isEqualTo(new ManagedMilvus(RELEASE, "release-milvus.shop:19530", asks, Optional.empty()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
            "{type: MilvusReady, status: 'False', reason: MilvusComponentNotHealthy, message: starting} "
                    + "| is not ready: MilvusComponentNotHealthy: starting",
            // As milvus-operator 1.3.8 has it (getStoppingCondition): the messages are swapped, the reasons are right.
            "{type: MilvusReady, status: 'False', reason: MilvusStopping, message: All Milvus components are stopped} "
                    + "| is not ready: MilvusStopping: All Milvus components are stopped",
            "{type: MilvusReady, status: 'False', reason: MilvusStopped, message: All Milvus components are stopping} "
                    + "| is not ready: MilvusStopped: All Milvus components are stopping",
            "{type: MilvusReady, status: Unknown, reason: NotYet} | is not ready: NotYet",
            "{type: MilvusReady, status: 'True'}, {type: MilvusUpdated, status: 'False', "
                    + "reason: MilvusComponentsUpdating, message: 'Milvus components[proxy] are updating'} "
                    + "| is being updated: MilvusComponentsUpdating: Milvus components[proxy] are updating"})
    void whatMilvusOperatorSaysIsPassedOnWithItsReason(String conditions, String said) {
        service("ClusterIP", 19530);
        create("{}", "{conditions: [%s]}".formatted(conditions));

        assertThat(find()).isEqualTo(unsettled("Milvus shop/release " + said));
    }

    @Test
    void whatIsUpToDateIsSettled() {
        service("ClusterIP", 19530);
        create("{}", "{observedGeneration: 1, conditions: [{type: MilvusReady, status: 'True'}, "
                + "{type: MilvusUpdated, status: 'True', reason: MilvusComponentsUpdated}]}");

        assertThat(find()).isEqualTo(at("release-milvus.shop:19530"));
    }

    @Test
    void whatIsSaidOfAGenerationBeforeIsNoWordOfThisOne() {
        service("ClusterIP", 19530);
        create("{}", "{observedGeneration: 0, conditions: [{type: MilvusReady, status: 'True'}]}");

        assertThat(find()).isEqualTo(unsettled(
                "Milvus shop/release was changed, and milvus-operator has not acted upon that yet"));
    }

    private static Found at(String address) {
        return new ManagedMilvus(RELEASE, address, false, Optional.empty());
    }

    private static Found unsettled(String why) {
        return new ManagedMilvus(RELEASE, "release-milvus.shop:19530", false, Optional.of(why));
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
