package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.ApiServerDouble;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A drop goes by what is known of the kind, so that an answer that tells nothing must not look like a kind that stays. */
class KindDefinitionsTest {

    private static final String PATH = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/collectionaliases.collectionalias.dev";
    private static final String STAYS = """
            {"apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": {"name": "collectionaliases.collectionalias.dev"}}""";
    private static final String FORBIDDEN = """
            {"apiVersion": "v1", "kind": "Status", "status": "Failure", "reason": "Forbidden", "code": 403}""";

    private ApiServerDouble cluster;
    private KindDefinitions kinds;

    @BeforeEach
    void start(@TempDir Path directory) {
        cluster = new ApiServerDouble(directory);
        kinds = new KindDefinitions(cluster.client());
    }

    @AfterEach
    void stop() {
        cluster.close();
    }

    @Test
    void oneThatMayNeverBeReadDoesNotKeepAnObjectFromGoing() {
        answer(403, FORBIDDEN);

        assertThat(kinds.isReadable(CollectionAlias.class)).isFalse();
        answer(403, FORBIDDEN);
        assertThat(kinds.isLeaving(CollectionAlias.class)).isFalse();
    }

    @Test
    void theRightToReadOneThatIsLostTellsNothing() {
        answer(200, STAYS);
        assertThat(kinds.isLeaving(CollectionAlias.class)).isFalse();

        answer(403, FORBIDDEN);
        assertThatThrownBy(() -> kinds.isLeaving(CollectionAlias.class))
                .isInstanceOfSatisfying(KubernetesClientException.class, e -> assertThat(e.getCode()).isEqualTo(403));
    }

    @Test
    void oneThatIsGoneTakesItsObjectsAlong() {
        answer(404, FORBIDDEN.replace("Forbidden", "NotFound").replace("403", "404"));

        assertThat(kinds.isLeaving(CollectionAlias.class)).isTrue();
    }

    private void answer(int code, String body) {
        cluster.server().expect().get().withPath(PATH).andReturn(code, body).once();
    }
}
