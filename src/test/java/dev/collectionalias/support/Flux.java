package dev.collectionalias.support;

import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The real controllers of Flux that fetch sources and apply Kustomizations, as processes that look after one namespace. */
public final class Flux implements AutoCloseable {

    private final FluxInstallation installation = FluxInstallation.get();
    private final Path directory = Directories.fresh("flux");
    private final ControlPlane controlPlane;
    private final TestNamespace namespace;
    private final Kubectl kubectl;
    private final List<ServerProcess> controllers = new ArrayList<>();

    private Flux(ControlPlane controlPlane, TestNamespace namespace) {
        this.controlPlane = controlPlane;
        this.namespace = namespace;
        kubectl = new Kubectl(controlPlane, namespace.name());
    }

    /**
     * Installs and starts them.
     *
     * @param namespace one of their own
     */
    public static Flux in(ControlPlane controlPlane, TestNamespace namespace) {
        Flux flux = new Flux(controlPlane, namespace);
        flux.kubectl.run("apply", "--server-side", "-f", flux.installation.kinds());
        controlPlane.awaitKinds("-f", flux.installation.kinds());
        String storage = "127.0.0.1:" + FreePorts.next();
        flux.start(FluxInstallation.SOURCES, "--storage-path",
                Directories.create(flux.directory.resolve("artifacts")).toString(), "--storage-addr", storage,
                "--storage-adv-addr", storage);
        flux.start(FluxInstallation.KUSTOMIZATIONS, "--requeue-dependency=2s");
        return flux;
    }

    /** What runs, for a report. */
    public static String versions() {
        return FluxInstallation.versions();
    }

    public KubernetesClient client() {
        return namespace.client();
    }

    public void apply(String manifest) {
        kubectl.apply(manifest);
    }

    /** What {@code flux reconcile} does: looks now, instead of after the interval. */
    public void reconcile(String kind, String name) {
        kubectl.run("annotate", "--overwrite", kind, name, "reconcile.fluxcd.io/requestedAt=" + Instant.now());
    }

    public void delete(String kustomization) {
        kubectl.run("delete", "kustomization", kustomization, "--wait=false");
    }

    private void start(String controller, String... options) {
        String health = "127.0.0.1:" + FreePorts.next();
        List<String> line = new ArrayList<>(List.of(installation.program(controller), "--health-addr", health,
                "--metrics-addr=0", "--watch-all-namespaces=false"));
        line.addAll(List.of(options));
        Map<String, String> environment = Map.of("KUBECONFIG", controlPlane.adminKubeconfig().toString(),
                "RUNTIME_NAMESPACE", namespace.name(), "HOME", directory.toString(), "TMPDIR",
                Directories.create(directory.resolve("tmp")).toString());
        Path log = directory.resolveSibling("logs").resolve(directory.getFileName() + "-" + controller + ".log");
        controllers.add(ServerProcess.start(controller, line, directory, environment, log)
                .awaitOk(URI.create("http://" + health + "/readyz")));
    }

    @Override
    public void close() {
        controllers.reversed().forEach(ServerProcess::close);
        Directories.delete(directory);
    }
}
