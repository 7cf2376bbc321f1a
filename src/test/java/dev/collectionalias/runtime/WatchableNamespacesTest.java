package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

import dev.collectionalias.support.ApiServerDouble;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The operator starts anew for a namespace that may be read by now, and for nothing else. */
class WatchableNamespacesTest {

    private static final Duration IN_TIME = Duration.ofSeconds(20);
    private static final String ALIASES = "/apis/collectionalias.dev/v1alpha1/namespaces/%s/collectionaliases?limit=1";
    private static final String CONNECTIONS = "/apis/collectionalias.dev/v1alpha1/namespaces/%s/milvusconnections?limit=1";
    private static final String NONE = """
            {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "List", "metadata": {}, "items": []}""";

    private ApiServerDouble cluster;
    private KubernetesClient client;
    private WatchableNamespaces namespaces;

    @BeforeEach
    void oneOfTwoIsRefused(@TempDir Path directory) {
        cluster = new ApiServerDouble(directory);
        client = new KubernetesClientBuilder().withConfig(new ConfigBuilder(cluster.client().getConfiguration())
                .withRequestRetryBackoffLimit(0).build()).build();
        namespaces = new WatchableNamespaces(client, Set.of("shop", "refused"), Duration.ofMillis(1));
        cluster.server().expect().get().withPath(ALIASES.formatted("shop")).andReturn(200, NONE).always();
        cluster.server().expect().get().withPath(CONNECTIONS.formatted("shop")).andReturn(200, NONE).always();
        cluster.server().expect().get().withPath(CONNECTIONS.formatted("refused")).andReturn(200, NONE).always();
        answer(403);
        assertThat(namespaces.find()).containsExactly("shop");
    }

    @AfterEach
    void stop() {
        namespaces.close();
        client.close();
        cluster.close();
    }

    @Test
    void anApiServerThatDoesNotAnswerIsNoNamespaceThatMayBeRead() {
        answer(503);
        answer(403);
        answer(200);
        int before = cluster.server().getRequestCount();
        CompletableFuture<Integer> found = new CompletableFuture<>();

        namespaces.awaitOthers(() -> found.complete(cluster.server().getRequestCount() - before));

        assertThat(found).as("requests until both kinds could be listed").succeedsWithin(IN_TIME).isEqualTo(4);
    }

    @Test
    void whoIsToldOfOneFinishesItsWorkUndisturbed() {
        answer(200);
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();

        namespaces.awaitOthers(() -> {
            namespaces.close();
            interrupted.complete(Thread.currentThread().isInterrupted());
        });

        assertThat(interrupted).succeedsWithin(IN_TIME).isEqualTo(false);
    }

    private void answer(int code) {
        cluster.server().expect().get().withPath(ALIASES.formatted("refused")).andReturn(code, NONE).once();
    }
}
