package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.http.RecordedRequest;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pod may be told to stop while its controllers start, above all in a rollout. */
@EnableKubernetesMockClient(crud = true)
class StopDuringStartTest {

    private static final String LIST = "/apis/collectionalias.dev/v1alpha1/namespaces/shop/milvusconnections?limit=";
    private static final String NONE = """
            {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "MilvusConnectionList", "metadata": {}, "items": []}""";
    private static final Duration IN_TIME = Duration.ofSeconds(30);

    private final List<Integer> exits = new CopyOnWriteArrayList<>();
    private KubernetesMockServer server;
    private KubernetesClient client;
    private OperatorProcess process;

    @BeforeEach
    void create() throws IOException {
        process = new OperatorProcess(OperatorConfig.from(Map.of("WATCH_NAMESPACES", "shop", "HTTP_PORT", "0",
                "POD_NAMESPACE", "shop", "POD_NAME", "first")), permit -> client, Clock.systemUTC(), exits::add);
    }

    /** @param objects that are asked for: one by the look whether they may be read, many by a controller */
    @ParameterizedTest
    @ValueSource(ints = {1, 500})
    void isNeitherALostLeaseNorAFailure(int objects) throws InterruptedException {
        String list = LIST + objects;
        server.expect().get().delay(1000).withPath(list).andReturn(200, NONE).always();
        process.start();
        awaitRequest(list);

        process.close();

        await().atMost(IN_TIME).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("start")));
        assertThat(exits).as("what the process was ended with").isEmpty();
    }

    private void awaitRequest(String path) throws InterruptedException {
        RecordedRequest request;
        do {
            request = server.takeRequest(IN_TIME.toSeconds(), TimeUnit.SECONDS);
            assertThat(request).as(path).isNotNull();
        } while (!request.getPath().equals(path));
    }
}
