package dev.collectionalias.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The real controllers of cert-manager that issue by a CA of the cluster's own, as one process that looks after all namespaces.
 * Its webhook is left out, which refuses manifests and issues nothing.
 */
public final class CertManager implements AutoCloseable {

    private static final GoModule MODULE = GoModule.named("cert-manager");
    private static final String SOURCE = "github.com/cert-manager/cert-manager";

    private final Path directory = Directories.fresh("cert-manager");
    private final ServerProcess process;

    private CertManager(ControlPlane controlPlane, Path installation) {
        Kubectl kubectl = new Kubectl(controlPlane, "default");
        String kinds = installation.resolve("kinds").toString();
        kubectl.run("apply", "--server-side", "-f", kinds);
        controlPlane.awaitKinds("-f", kinds);
        process = ServerProcess.start("cert-manager", List.of(installation.resolve("cert-manager").toString()),
                directory, Map.of("KUBECONFIG", controlPlane.adminKubeconfig().toString()),
                directory.resolveSibling("logs").resolve(directory.getFileName() + ".log"));
    }

    /** Installs and starts it. */
    public static CertManager in(ControlPlane controlPlane) {
        return new CertManager(controlPlane, BuildCache.get("cert-manager/" + MODULE.key(), directory -> {
            GoModule.requireGo("leave out the test with cert-manager");
            System.err.printf("building cert-manager %s … (once per machine, some minutes)%n", version());
            MODULE.build(".", "", directory.resolve("cert-manager"));
            Directories.copy(MODULE.source(SOURCE).resolve("deploy/crds"), directory.resolve("kinds"));
        }));
    }

    public static String version() {
        return MODULE.versionOf(SOURCE);
    }

    @Override
    public void close() {
        process.close();
        Directories.delete(directory);
    }
}
