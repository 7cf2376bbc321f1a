package dev.collectionalias.bench;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.GoModule;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.PythonEnvironment;
import dev.collectionalias.support.ServerProcess;

/**
 * A minimal operator of another make, from the directory of {@code --peers}: {@code go}, a module, and
 * {@code kopf/operator.py}, both for the kind in {@code crd.yaml}.
 *
 * @param command     of the process, for a Milvus
 * @param environment of the process, for a Milvus
 */
record Yardstick(String name, String version, Function<MilvusServer, List<String>> command,
        Function<MilvusServer, Map<String, String>> environment, Path directory) implements Contender {

    static final String GO = "Go, controller-runtime";
    static final String KOPF = "Python, kopf";

    private static final String KOPF_PACKAGE = "kopf==1.45.2";
    private static final String PYMILVUS_PACKAGE = "pymilvus==2.6.17";
    private static final String USER = "system:serviceaccount:yardsticks:yardsticks";

    /** Those that are there; for each the cluster has what it needs. */
    static List<Contender> in(Path peers, ControlPlane controlPlane, Path directory) {
        Path kubeconfig = admit(peers, controlPlane);
        List<Contender> found = new ArrayList<>();
        if (Files.isDirectory(peers.resolve("go"))) {
            found.add(go(peers.resolve("go"), kubeconfig, directory));
        }
        if (Files.exists(peers.resolve("kopf/operator.py"))) {
            found.add(kopf(peers.resolve("kopf/operator.py"), kubeconfig, directory));
        }
        return found;
    }

    /** The API server asks for their rights, too, at each call: a service account's, as this operator's. */
    private static Path admit(Path peers, ControlPlane controlPlane) {
        Path kubeconfig = controlPlane.kubeconfig(USER);
        succeed(controlPlane.kubectl("apply", "-f", peers.resolve("crd.yaml").toString()));
        succeed(controlPlane.kubectl("create", "clusterrolebinding", "yardsticks", "--clusterrole=cluster-admin",
                "--serviceaccount=yardsticks:yardsticks"));
        controlPlane.awaitKinds("-f", peers.resolve("crd.yaml").toString());
        return kubeconfig;
    }

    private static void succeed(Command.Outcome outcome) {
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("the yardsticks' kind: " + outcome.stderr());
        }
    }

    private static Contender go(Path module, Path kubeconfig, Path directory) {
        GoModule.requireGo("leave out --peers");
        Path program = directory.resolve("go-yardstick");
        GoModule go = new GoModule(module.toAbsolutePath());
        go.build(".", "", program);
        String version = "controller-runtime %s with milvus/client %s".formatted(
                go.versionOf("sigs.k8s.io/controller-runtime"), go.versionOf("github.com/milvus-io/milvus/client/v2"));
        return new Yardstick(GO, version,
                milvus -> List.of(program.toString(), "--kubeconfig", kubeconfig.toString(), "-milvus",
                        URI.create(milvus.uri()).getAuthority()),
                milvus -> Map.of(), directory);
    }

    private static Contender kopf(Path script, Path kubeconfig, Path directory) {
        PythonEnvironment python = PythonEnvironment.with("kopf", environment -> {}, KOPF_PACKAGE, PYMILVUS_PACKAGE,
                "setuptools<81");
        List<String> command = List.of(python.binary("kopf"), "run", "--standalone", "-A", "-q",
                script.toAbsolutePath().toString());
        return new Yardstick(KOPF, "%s with %s".formatted(KOPF_PACKAGE, PYMILVUS_PACKAGE), milvus -> command,
                milvus -> Map.of("MILVUS_URI", milvus.uri(), "KUBECONFIG", kubeconfig.toString()), directory);
    }

    @Override
    public AliasKind kind() {
        return new AliasKind("peer.example/v1", "CollectionAlias", Map.of());
    }

    @Override
    public Set<Ability> abilities() {
        return Set.of();
    }

    @Override
    public void connect(String namespace, MilvusServer milvus) {
        // It is told when it is launched.
    }

    @Override
    public void disconnect(String namespace) {
        // There is nothing to take away.
    }

    @Override
    public Running launch(String process, MilvusServer milvus) {
        return new Launched(ServerProcess.start(name, command.apply(milvus), directory, environment.apply(milvus),
                directory.resolve(process + ".log")));
    }

    /** It does not tell when it is ready, and has nothing to give back at its end. */
    private record Launched(ServerProcess process) implements Running {
        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public void awaitReady() {
            // Nobody can tell.
        }

        @Override
        public void stop() {
            process.close();
        }

        @Override
        public void kill() {
            process.close();
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
