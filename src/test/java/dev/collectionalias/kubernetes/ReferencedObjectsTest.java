package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;

import dev.collectionalias.api.v1alpha1.CaKind;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Secret that the API server does not answer for is the problem of the connections that name it. */
@Timeout(60)
@EnableKubernetesMockClient(crud = true)
class ReferencedObjectsTest {

    /** So many that one is next to the slow one, wherever that is. */
    private static final int OTHERS = 24;
    private static final long SLOW_MILLIS = 8000;
    private static final Duration MUCH_SOONER = Duration.ofSeconds(5);
    private static final String LIST = "/api/v1/namespaces/shop/secrets?fieldSelector=metadata.name%3Dslow&resourceVersion=0";

    private KubernetesMockServer server;
    private KubernetesClient client;
    private ReferencedObjects objects;
    private CompletableFuture<Optional<Map<String, String>>> slow;

    @BeforeEach
    void askForOneThatIsSlow() throws InterruptedException {
        server.expect().get().delay(SLOW_MILLIS).withPath(LIST).andReturn(200, "{\"kind\": \"SecretList\"}").always();
        objects = new ReferencedObjects(client, reference -> {});
        slow = CompletableFuture.supplyAsync(() -> objects.find(secret("slow")));
        assertThat(server.takeRequest(20, TimeUnit.SECONDS).getPath()).isEqualTo(LIST);
    }

    @AfterEach
    void close() {
        objects.close();
    }

    private static Reference secret(String name) {
        return new Reference(CaKind.Secret, new ObjectName("shop", name));
    }

    @Test
    void holdsUpNoOther() {
        for (int i = 0; i < OTHERS; i++) {
            client.resource(new SecretBuilder().withNewMetadata().withNamespace("shop").withName("other-" + i)
                    .endMetadata().addToData("key", "dmFsdWU=").build()).create();
        }

        assertThat(CompletableFuture.runAsync(() -> {
            for (int i = 0; i < OTHERS; i++) {
                assertThat(objects.find(secret("other-" + i))).contains(Map.of("key", "value"));
            }
        })).succeedsWithin(MUCH_SOONER);
        assertThat(slow).isNotDone();
    }

    @Test
    void isNotWaitedForOnceNobodyRefersToIt() {
        assertThat(CompletableFuture.runAsync(() -> objects.retain(Set.of()))).succeedsWithin(MUCH_SOONER);

        assertThat(slow).failsWithin(MUCH_SOONER).withThrowableOfType(ExecutionException.class);
    }
}
