package dev.collectionalias.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.support.ClassCache;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.Scrape;
import dev.collectionalias.support.ShippedRole;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The operator's jar with the options, the cache of loaded classes, the size of the heap and the role that it has in a
 * cluster.
 */
final class ThisOperator implements Contender {

    static final String GATES_OFF = "this operator, gates off";
    static final String DEFAULTS = "this operator, default gates";

    private static final String CONNECTION = "default";
    private static final Map<String, Object> NO_GATES = Map.of("cutover",
            Map.of("gates", Map.of("loaded", "Never", "schema", "Ignore")));
    /** What the Java runtime makes of the image's options and of the memory limit in deploy/base, 384 MiB. */
    private static final List<String> HEAP = List.of("-Xmx96m");

    private final String name;
    private final AliasKind kind;
    private final ControlPlane controlPlane;
    private final Path kubeconfig;
    private final Path directory;
    private final List<String> javaOptions;

    private ThisOperator(String name, Map<String, Object> spec, ControlPlane controlPlane, Path directory,
            List<String> javaOptions) {
        this.name = name;
        kind = kind(spec);
        this.controlPlane = controlPlane;
        kubeconfig = ShippedRole.kubeconfig(controlPlane);
        this.directory = directory;
        this.javaOptions = javaOptions;
    }

    /** As it is by default, and with the gates that the yardsticks have: none. */
    static List<Contender> both(ControlPlane controlPlane, Path directory, List<String> moreJavaOptions) {
        List<String> javaOptions = new ArrayList<>(HEAP);
        javaOptions.addAll(ClassCache.make(cache(directory), "target/lib/*", List.of("-jar", jar().toString())));
        javaOptions.addAll(moreJavaOptions);
        return List.of(new ThisOperator(GATES_OFF, NO_GATES, controlPlane, directory, javaOptions),
                new ThisOperator(DEFAULTS, Map.of(), controlPlane, directory, javaOptions));
    }

    /** @param directory of {@link #both} */
    static ImageLayers image(Path directory) {
        return ImageLayers.measure(jar(), Stream.of(cache(directory)).filter(Files::exists).toList(), directory);
    }

    static AliasKind kind(Map<String, Object> spec) {
        return new AliasKind("collectionalias.dev/v1alpha1", "CollectionAlias", spec);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String version() {
        Command.Outcome commit = Command.of("git", "describe", "--always", "--dirty").run();
        return "this operator " + (commit.exitCode() == 0 ? commit.stdout().strip() : "of an unknown commit");
    }

    @Override
    public AliasKind kind() {
        return kind;
    }

    @Override
    public Set<Ability> abilities() {
        return EnumSet.allOf(Ability.class);
    }

    @Override
    public void connect(String namespace, MilvusServer milvus) {
        controlPlane.client().resource(Serialization.unmarshal("""
                apiVersion: collectionalias.dev/v1alpha1
                kind: MilvusConnection
                metadata: {name: %s, namespace: %s}
                spec: {uri: '%s'}
                """.formatted(CONNECTION, namespace, milvus.uri()), MilvusConnection.class)).create();
    }

    /** The connection goes while there is somebody to take its finalizer away. */
    @Override
    public void disconnect(String namespace) {
        Resource<MilvusConnection> connection = controlPlane.client().resources(MilvusConnection.class)
                .inNamespace(namespace).withName(CONNECTION);
        connection.delete();
        connection.waitUntilCondition(gone -> gone == null, 30, TimeUnit.SECONDS);
    }

    @Override
    public Running launch(String process, MilvusServer milvus) {
        return new Launched(OperatorJvm.ofJar(jar(), javaOptions, kubeconfig, Map.of("POD_NAME", process),
                directory.resolve(process + ".log")));
    }

    private record Launched(OperatorJvm operator) implements Running {
        @Override
        public long pid() {
            return operator.pid();
        }

        @Override
        public void awaitReady() {
            operator.awaitReady();
        }

        @Override
        public Optional<Scrape> scrape() {
            return Optional.of(Scrape.of(operator.endpoints()));
        }

        @Override
        public Optional<JavaHeap> heap() {
            return Optional.of(JavaHeap.of(operator.pid()));
        }

        @Override
        public void stop() {
            operator.stopping().join();
        }

        @Override
        public void kill() {
            operator.kill();
        }

        @Override
        public void close() {
            operator.end();
        }
    }

    private static Path jar() {
        try (Stream<Path> files = Files.list(Path.of("target"))) {
            return files.filter(file -> file.getFileName().toString().matches("collection-alias-operator-.*\\.jar"))
                    .findFirst().orElseThrow(() -> new IllegalStateException("no jar in target/: run bench/run"))
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path cache(Path directory) {
        return directory.resolve("operator.aot");
    }
}
