package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;

/** An API server in this process: it stores objects of kinds that were installed, and knows neither rights nor schemas. */
public final class ApiServerDouble implements AutoCloseable {

    /** Announces each request; kept in a field because the log manager forgets loggers that nobody holds. */
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final AtomicInteger watches = new AtomicInteger();
    private final KubernetesMockServer server;
    private final KubernetesClient client;
    private final Path kubeconfig;

    /** @param directory gets the kubeconfig, whose current context is the namespace {@code shop} */
    public ApiServerDouble(Path directory) {
        MOCK_LOG.setLevel(Level.WARNING);
        Map<ServerRequest, Queue<ServerResponse>> expectations = new HashMap<>();
        server = new KubernetesMockServer(new Context(), new MockWebServer(), expectations,
                new KubernetesMixedDispatcher(expectations) {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        MockResponse response = super.dispatch(request);
                        if (String.valueOf(request.getPath()).contains("watch=true")) {
                            watches.incrementAndGet();
                        }
                        return response;
                    }
                }, false);
        server.init(InetAddress.getLoopbackAddress(), 0);
        client = server.createClient();
        kubeconfig = write(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: shop
                contexts:
                - {name: shop, context: {cluster: test, user: test, namespace: shop}}
                - {name: elsewhere, context: {cluster: test, user: test}}
                - {name: nowhere, context: {cluster: gone, user: test}}
                clusters:
                - {name: test, cluster: {server: "http://127.0.0.1:%d"}}
                - {name: gone, cluster: {server: "http://127.0.0.1:1"}}
                users: [{name: test, user: {}}]
                """.formatted(server.getPort()));
    }

    /** Installs a kind. */
    public ApiServerDouble with(String... plurals) {
        Stream.of(plurals).map(plural -> Path.of("crds", plural + ".collectionalias.dev.yaml").toFile())
                .forEach(crd -> client.apiextensions().v1().customResourceDefinitions().load(crd).create());
        return this;
    }

    /** Stores an object; all but its kind in YAML. */
    public void store(String kind, String metadata, String spec, String status) {
        HasMetadata object = new KubernetesSerialization().unmarshal("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: %s
                metadata: %s
                spec: %s
                status: %s
                """.formatted(kind, metadata, spec, status));
        client.resource(object).create();
        client.resource(object).updateStatus();
    }

    private static Path write(Path file, String text) {
        try {
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How many watches were begun. */
    public int watches() {
        return watches.get();
    }

    /** For answers that are no object's. */
    public KubernetesMockServer server() {
        return server;
    }

    public KubernetesClient client() {
        return client;
    }

    public Path kubeconfig() {
        return kubeconfig;
    }

    @Override
    public void close() {
        client.close();
        server.destroy();
    }
}
