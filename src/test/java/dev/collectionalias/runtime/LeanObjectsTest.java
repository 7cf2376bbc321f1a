package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.Test;

/** Of thousands of objects, only what is needed is in memory. */
class LeanObjectsTest {

    private static final String OBJECT = """
            {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "CollectionAlias",
             "metadata": {"name": "products", "namespace": "shop", "uid": "1", "resourceVersion": "7",
                          "labels": {"app": "shop"},
                          "annotations": {"kubectl.kubernetes.io/last-applied-configuration": "{}",
                                          "collectionalias.dev/promote": "products_v2"},
                          "managedFields": [{"manager": "kubectl", "operation": "Apply",
                                             "fieldsV1": {"f:spec": {"f:alias": {}}}}]},
             "spec": {"alias": "products", "collection": "products_v1", "connectionRef": {"name": "default"}}}""";

    private final KubernetesSerialization serialization = LeanObjects.serialization();

    @Test
    void dropsWhatIsOfNoUse() {
        ObjectMeta metadata = serialization.unmarshal(OBJECT, CollectionAlias.class).getMetadata();
        assertThat(metadata.getManagedFields()).isEmpty();
        assertThat(metadata.getAdditionalProperties()).isEmpty();
        assertThat(metadata.getAnnotations()).isEqualTo(Map.of("collectionalias.dev/promote", "products_v2"));
    }

    @Test
    void keepsTheRest() {
        CollectionAlias alias = serialization.unmarshal(OBJECT, CollectionAlias.class);
        assertThat(alias.getMetadata()).extracting(ObjectMeta::getNamespace, ObjectMeta::getName, ObjectMeta::getUid,
                ObjectMeta::getResourceVersion, ObjectMeta::getLabels).containsExactly("shop", "products", "1", "7",
                        Map.of("app", "shop"));
        assertThat(alias.getSpec().collection()).isEqualTo("products_v1");
    }

    @Test
    void readsObjectsWithoutAnnotations() {
        String bare = "{\"apiVersion\": \"v1\", \"kind\": \"Secret\", \"metadata\": {\"name\": \"milvus\"}}";
        assertThat(serialization.unmarshal(bare, Secret.class).getMetadata().getName())
                .isEqualTo("milvus");
    }
}
