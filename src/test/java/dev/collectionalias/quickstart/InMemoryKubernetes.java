package dev.collectionalias.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.logging.Level;
import java.util.logging.Logger;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.KubernetesMixedDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.ServerRequest;
import io.fabric8.mockwebserver.ServerResponse;

/**
 * A Kubernetes API that lives in this process: the mock server of the Kubernetes client keeps the objects, and an
 * {@link ApiFront} before it adds what {@code kubectl} asks for. It neither validates nor authorizes; a real API server
 * does ({@code ./quickstart --serve --real}).
 */
final class InMemoryKubernetes implements KubernetesApi {

    /** Announces each request; kept in a field because the log manager forgets loggers that nobody holds. */
    private static final Logger MOCK_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer store;
    private final ApiFront front;
    private final Path kubeconfig;

    private InMemoryKubernetes(KubernetesMockServer store, ApiFront front, Path kubeconfig) {
        this.store = store;
        this.front = front;
        this.kubeconfig = kubeconfig;
    }

    /**
     * @param crds      the folder of the CustomResourceDefinitions that the API shall know
     * @param directory where its kubeconfig is written
     */
    static InMemoryKubernetes start(Path crds, Path directory) throws IOException {
        MOCK_LOG.setLevel(Level.WARNING);
        Map<ServerRequest, Queue<ServerResponse>> expectations = new HashMap<>();
        KubernetesMockServer store = new KubernetesMockServer(new Context(), new MockWebServer(), expectations,
                new KubernetesMixedDispatcher(expectations), false);
        store.init(InetAddress.getLoopbackAddress(), 0);
        CrdCatalog catalog = CrdCatalog.read(crds);
        try (KubernetesClient client = store.createClient()) {
            client.namespaces()
                    .resource(new NamespaceBuilder().withNewMetadata().withName("default").endMetadata().build())
                    .create();
            for (CustomResourceDefinition crd : catalog.definitions()) {
                client.apiextensions().v1().customResourceDefinitions().resource(crd).create();
            }
        }
        ApiFront front = ApiFront.start(URI.create("http://127.0.0.1:" + store.getPort()), catalog);
        return new InMemoryKubernetes(store, front, writeKubeconfig(directory, front.address()));
    }

    private static Path writeKubeconfig(Path directory, URI address) throws IOException {
        return Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                clusters:
                - name: quickstart
                  cluster: {server: "%s"}
                contexts:
                - name: quickstart
                  context: {cluster: quickstart, user: quickstart, namespace: default}
                current-context: quickstart
                users:
                - name: quickstart
                  user: {}
                """.formatted(address));
    }

    @Override
    public Path kubeconfig() {
        return kubeconfig;
    }

    /** The API knows no users. */
    @Override
    public Path operatorKubeconfig() {
        return kubeconfig;
    }

    @Override
    public Optional<String> kubectl() {
        return Optional.empty();
    }

    @Override
    public String description() {
        return "in-memory Kubernetes API at " + front.address();
    }

    @Override
    public void close() {
        front.close();
        store.destroy();
        kubeconfig.toFile().delete(); // it leads nowhere now
    }
}
