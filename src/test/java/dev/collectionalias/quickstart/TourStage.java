package dev.collectionalias.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.OperatorJvm;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Everything that a tour needs running. Closed once, in the reverse order, however the tour ends. */
final class TourStage implements AutoCloseable {

    private final Console console;
    private final Path directory;
    private final Path operatorLog;
    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private boolean closed;
    private MilvusServer milvus;
    private ProductCollections collections;
    private KubernetesApi kubernetes;
    private KubernetesClient client;
    private OperatorJvm operator;

    TourStage(Console console, Path directory) {
        this.console = console;
        this.directory = directory;
        operatorLog = directory.resolve("operator.log");
    }

    void raise(TourOptions options, String... collectionNames) throws IOException {
        Files.createDirectories(directory);
        Files.deleteIfExists(operatorLog);
        milvus = keep(options.milvusServer());
        console.step("Starting " + milvus.name() + " (installed on the first run)", () -> {
            milvus.start();
            return "answers at " + milvus.uri();
        });
        collections = keep(new ProductCollections(milvus.uri()));
        console.step("Filling the collections " + String.join(" and ", collectionNames), () -> {
            for (String name : collectionNames) {
                collections.create(name, ProductCollections.ENTITIES);
            }
            return ProductCollections.ENTITIES + " products in each; every one says which collection it came from";
        });
        console.step("Starting " + (options.realKubernetes
                ? "kube-apiserver and etcd (built on the first run)"
                : "an in-memory Kubernetes API"), () -> {
                    kubernetes = keep(options.realKubernetes
                            ? RealKubernetes.start(directory.resolve("control-plane"))
                            : InMemoryKubernetes.start(Path.of("crds"), directory));
                    client = keep(new KubernetesClientBuilder()
                            .withConfig(Config.fromKubeconfig(kubernetes.kubeconfig().toFile())).build());
                    return kubernetes.description() + ", with the three CRDs";
                });
        console.step("Starting the operator", () -> {
            operator = OperatorJvm.ofJar(jar(), kubernetes.operatorKubeconfig(),
                    Map.of("POD_NAME", "quickstart", "STOP_TIMEOUT", "5s"), operatorLog);
            keep(operator::end);
            operator.awaitReady();
            return "health and metrics at " + operator.endpoints() + ", log in " + shown(operatorLog);
        });
    }

    private static Path jar() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("collection-alias-operator-.*\\.jar"))
                    .findFirst().orElseThrow(() -> new TourFailure("no operator jar in target/: run ./quickstart"));
        }
    }

    private synchronized <T extends AutoCloseable> T keep(T resource) {
        open.push(resource);
        if (closed) {
            close(); // Ctrl-C came while it was being started
            throw new TourFailure("interrupted");
        }
        return resource;
    }

    String milvusUri() {
        return milvus.uri();
    }

    ProductCollections collections() {
        return collections;
    }

    KubernetesClient client() {
        return client;
    }

    KubernetesApi kubernetes() {
        return kubernetes;
    }

    Path operatorLog() {
        return operatorLog;
    }

    /** A path as a person at the repository's root writes it. */
    static Path shown(Path path) {
        return Path.of("").toAbsolutePath().relativize(path.toAbsolutePath());
    }

    /** Ends what was started. The second call waits for the first. */
    @Override
    public synchronized void close() {
        closed = true;
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                console.failure("while stopping: " + e);
            }
        }
    }
}
