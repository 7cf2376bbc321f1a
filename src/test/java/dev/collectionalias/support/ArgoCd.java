package dev.collectionalias.support;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A real Argo CD with the configuration that it ships, its four parts running as processes. It looks after the cluster
 * that it is installed in, which manifests call {@code https://kubernetes.default.svc}.
 */
public final class ArgoCd implements AutoCloseable {

    private final ArgoCdInstallation installation = ArgoCdInstallation.get();
    private final Path directory = Directories.fresh("argocd");
    private final ControlPlane controlPlane;
    private final TestNamespace namespace;
    private final int repoServerPort = FreePorts.next();
    private final int apiPort = FreePorts.next();
    private final List<ServerProcess> parts = new ArrayList<>();
    private final Redis redis;

    private ArgoCd(ControlPlane controlPlane, TestNamespace namespace) {
        this.controlPlane = controlPlane;
        this.namespace = namespace;
        kubectl("apply", "--server-side", "-k", installation.crds());
        kubectl("apply", "-k", installation.config());
        redis = new Redis(directory, log("redis-server"));
    }

    /**
     * Installs one, with the health checks and actions of {@code deploy/argocd}, and starts it.
     *
     * @param namespace one of its own
     */
    public static ArgoCd in(ControlPlane controlPlane, TestNamespace namespace) {
        ArgoCd argoCd = new ArgoCd(controlPlane, namespace);
        // As docs/installing.md says it.
        argoCd.kubectl("patch", "configmap", "argocd-cm", "--patch-file", "deploy/argocd/argocd-cm.yaml");
        argoCd.start();
        return argoCd;
    }

    public KubernetesClient client() {
        return namespace.client();
    }

    /** What a user types who may do everything: {@code argocd app …}. */
    public String run(String... arguments) {
        List<String> line = new ArrayList<>(List.of(installation.program()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--server", "127.0.0.1:" + apiPort, "--plaintext", "--config",
                directory.resolve("cli").toString()));
        return Command.of(line.toArray(String[]::new)).with(environment("argocd")).runOrFail();
    }

    /** Applies an Application, which is a manifest as others. */
    public void apply(String application) {
        Command.Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), application, "-n",
                namespace.name(), "apply", "-f", "-");
        if (applied.exitCode() != 0) {
            throw new IllegalStateException(applied.stderr());
        }
    }

    /** Has it look at Git now instead of within three minutes, as a webhook of the Git server does. */
    public void refresh(String application) {
        kubectl("annotate", "--overwrite", "application", application, "argocd.argoproj.io/refresh=normal");
    }

    private void start() {
        int metrics = FreePorts.next();
        part("argocd-repo-server", List.of("--port", port(repoServerPort), "--metrics-port", port(metrics),
                "--disable-tls", "--redis", redis.address()), metrics);
        String repoServer = "127.0.0.1:" + repoServerPort;
        // Writes the keys that the controller reads, and the default project.
        part("argocd-server", List.of("--port", port(apiPort), "--metrics-port", port(FreePorts.next()), "--insecure",
                "--disable-auth", "--redis", redis.address(), "--repo-server", repoServer, "--repo-server-plaintext",
                "--namespace", namespace.name()), apiPort);
        int controllerMetrics = FreePorts.next();
        part("argocd-application-controller", List.of("--metrics-port", port(controllerMetrics), "--redis",
                redis.address(), "--repo-server", repoServer, "--repo-server-plaintext", "--persist-resource-health",
                "--namespace", namespace.name()), controllerMetrics);
    }

    /** @param port where it says that it is ready */
    private void part(String name, List<String> options, int port) {
        List<String> line = new ArrayList<>(List.of(installation.program()));
        line.addAll(options);
        parts.add(ServerProcess.start(name, line, directory, environment(name), log(name)));
        parts.getLast().awaitOk(URI.create("http://127.0.0.1:" + port + "/healthz"));
    }

    private Map<String, String> environment(String part) {
        Map<String, String> environment = new HashMap<>();
        environment.put("ARGOCD_BINARY_NAME", part);
        environment.put("KUBECONFIG", controlPlane.adminKubeconfig().toString());
        environment.put("ARGOCD_FAKE_IN_CLUSTER", "true");
        environment.put("ARGOCD_GPG_ENABLED", "false");
        environment.put("ARGOCD_ASK_PASS_SOCK", directory.resolve("ask-pass.sock").toString());
        environment.put("HOME", directory.toString());
        environment.put("TMPDIR", Directories.create(directory.resolve("tmp")).toString());
        return environment;
    }

    private static String port(int port) {
        return Integer.toString(port);
    }

    private Path log(String part) {
        return directory.resolveSibling("logs").resolve(directory.getFileName() + "-" + part + ".log");
    }

    private void kubectl(String... arguments) {
        List<String> line = new ArrayList<>(List.of("-n", namespace.name()));
        line.addAll(List.of(arguments));
        Command.Outcome outcome = controlPlane.kubectl(line.toArray(String[]::new));
        if (outcome.exitCode() != 0) {
            throw new IllegalStateException("kubectl %s: %s".formatted(String.join(" ", line), outcome.stderr()));
        }
    }

    @Override
    public void close() {
        parts.reversed().forEach(ServerProcess::close);
        redis.close();
        Directories.delete(directory);
    }
}
