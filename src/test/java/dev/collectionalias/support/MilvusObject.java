package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.Serialization;

/** A Milvus of milvus-operator, with the status that milvus-operator would write. */
public final class MilvusObject {

    private static final ResourceDefinitionContext KIND = new ResourceDefinitionContext.Builder().withGroup("milvus.io")
            .withVersion("v1beta1").withKind("Milvus").withPlural("milvuses").withNamespaced(true).build();

    private final KubernetesClient client;
    private final String name;

    private MilvusObject(KubernetesClient client, String name) {
        this.client = client;
        this.name = name;
    }

    /** Makes the kinds of milvus-operator known, and returns when objects of each can be made. */
    public static void install(KubernetesClient client) {
        client.load(crds()).forceConflicts().serverSideApply();
        kinds(client).forEach(kind -> AliasObjects.await(kind.getKind() + " is served",
                () -> client.genericKubernetesResources(kind).inAnyNamespace().list()));
    }

    /** Returns when they can be made known again. */
    public static void uninstall(KubernetesClient client) {
        client.load(crds()).delete();
        AliasObjects.await("the kinds are gone",
                () -> assertThat(definitions(client)).allMatch(kind -> client.resource(kind).get() == null));
    }

    private static List<ResourceDefinitionContext> kinds(KubernetesClient client) {
        return definitions(client).stream()
                .flatMap(kind -> kind.getSpec().getVersions().stream()
                        .map(version -> new ResourceDefinitionContext.Builder()
                                .withGroup(kind.getSpec().getGroup()).withVersion(version.getName())
                                .withKind(kind.getSpec().getNames().getKind())
                                .withPlural(kind.getSpec().getNames().getPlural())
                                .withNamespaced(true).build()))
                .toList();
    }

    private static List<CustomResourceDefinition> definitions(KubernetesClient client) {
        return client.load(crds()).items().stream().map(CustomResourceDefinition.class::cast).toList();
    }

    private static InputStream crds() {
        return MilvusObject.class.getResourceAsStream("/milvus-operator/crds.yaml");
    }

    /** One that milvus-operator has not looked at yet. */
    public static MilvusObject create(TestNamespace namespace, String name, String spec) {
        namespace.client().genericKubernetesResources(KIND).resource(parse(name, "spec: " + spec)).create();
        return new MilvusObject(namespace.client(), name);
    }

    /** What milvus-operator says while the server starts, is down, or one part of it is replaced. */
    public MilvusObject isNotReady(String message) {
        return says("""
                {status: Unhealthy, conditions: [{type: EtcdReady, status: 'True'},
                  {type: MilvusReady, status: 'False', reason: MilvusComponentNotHealthy, message: '%s'}]}"""
                .formatted(message));
    }

    /** What it says while pods are replaced by others, of which one is ready at any time. */
    public MilvusObject isBeingUpdated() {
        return says("""
                {status: Healthy, conditions: [
                  {type: MilvusReady, status: 'True', reason: ReasonMilvusHealthy, message: 'all healthy'},
                  {type: MilvusUpdated, status: 'False', reason: MilvusComponentsUpdating,
                   message: 'Milvus components[standalone] are updating'}]}""");
    }

    /** What it says of a server that answers. Its address is wrong unless the port was left as it is. */
    public MilvusObject isReady() {
        return says("""
                {status: Healthy, endpoint: '%s.%s:19530', conditions: [
                  {type: MilvusReady, status: 'True', reason: ReasonMilvusHealthy, message: 'all healthy'},
                  {type: MilvusUpdated, status: 'True', reason: MilvusComponentsUpdated, message: 'all updated'}]}"""
                .formatted(service(), client.getNamespace()));
    }

    private MilvusObject says(String status) {
        resource().editStatus(before -> {
            Map<String, Object> said = parse(name, "status: " + status).get("status");
            said.put("observedGeneration", before.getMetadata().getGeneration());
            before.setAdditionalProperty("status", said);
            return before;
        });
        return this;
    }

    /** What a user changes; milvus-operator acts upon it later. */
    public MilvusObject change(String spec) {
        resource().patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(parse(name, "spec: " + spec)));
        return this;
    }

    /** Makes the Service that milvus-operator makes for it; see {@link ServiceNames}. */
    public MilvusObject serves(MilvusServer milvus) {
        client.services().resource(new ServiceBuilder().withNewMetadata().withName(service()).endMetadata()
                .withNewSpec().addNewPort().withName("metrics").withPort(9091).endPort()
                .addNewPort().withName("milvus").withPort(URI.create(milvus.uri()).getPort()).endPort().endSpec()
                .build()).create();
        return this;
    }

    public void losesItsService() {
        client.services().withName(service()).delete();
    }

    private String service() {
        return name + "-milvus";
    }

    public void delete() {
        resource().delete();
    }

    private Resource<GenericKubernetesResource> resource() {
        return client.genericKubernetesResources(KIND).withName(name);
    }

    private static GenericKubernetesResource parse(String name, String yaml) {
        return Serialization.unmarshal("""
                apiVersion: milvus.io/v1beta1
                kind: Milvus
                metadata: {name: %s}
                """.formatted(name) + yaml, GenericKubernetesResource.class);
    }
}
