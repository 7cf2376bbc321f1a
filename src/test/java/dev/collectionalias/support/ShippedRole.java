package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

import dev.collectionalias.runtime.OperatorClient;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The service account that {@code deploy/base} gives the operator, with the roles found there: a missing verb fails a test. */
public final class ShippedRole {

    private static final String ACCOUNT = "system:serviceaccount:%s:collection-alias-operator";
    private static final String NAMESPACE = "collection-alias-system";

    private ShippedRole() {}

    public static KubernetesClient client(ControlPlane controlPlane) {
        return clientOf(kubeconfig(controlPlane));
    }

    public static Path kubeconfig(ControlPlane controlPlane) {
        install(controlPlane);
        return controlPlane.kubeconfig(ACCOUNT.formatted(NAMESPACE));
    }

    /**
     * The same for {@code deploy/overlays/namespaced}, installed in a namespace that is there.
     *
     * @param components of {@code deploy/components}, by name
     */
    public static KubernetesClient namespacedClient(ControlPlane controlPlane, TestNamespace namespace,
            String... components) {
        Path overlay = Directories.fresh("namespaced");
        try {
            Files.writeString(overlay.resolve("kustomization.yaml"), """
                    apiVersion: kustomize.config.k8s.io/v1beta1
                    kind: Kustomization
                    namespace: %s
                    resources: [%s]
                    components: %s
                    """.formatted(namespace.name(), from(overlay, "overlays/namespaced"),
                    Stream.of(components).map(name -> from(overlay, "components/" + name)).toList()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Command.Outcome applied = controlPlane.kubectl("apply", "--server-side", "--force-conflicts", "-k",
                overlay.toString());
        if (applied.exitCode() != 0) {
            throw new IllegalStateException("deploy/overlays/namespaced: " + applied.stderr());
        }
        return account(controlPlane, namespace);
    }

    /** The service account of an operator that is installed in the namespace already. */
    public static KubernetesClient account(ControlPlane controlPlane, TestNamespace namespace) {
        return clientOf(controlPlane.kubeconfig(ACCOUNT.formatted(namespace.name())));
    }

    /** The client that the operator makes for itself. */
    public static KubernetesClient clientOf(Path kubeconfig) {
        return OperatorClient.of(new ConfigBuilder(Config.fromKubeconfig(kubeconfig.toFile())), () -> {});
    }

    /** Lets the operator of one namespace watch another, as its documentation says. */
    public static void letWatch(ControlPlane controlPlane, TestNamespace operators, TestNamespace watched) {
        try {
            String role = Files.readString(Path.of("deploy/overlays/namespaced/role.yaml"))
                    .replace("namespace: " + NAMESPACE, "namespace: " + operators.name());
            Command.Outcome applied = controlPlane.kubectlAs(controlPlane.adminKubeconfig(), role, "apply", "-n",
                    watched.name(), "-f", "-");
            if (applied.exitCode() != 0) {
                throw new IllegalStateException("role.yaml: " + applied.stderr());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path from(Path overlay, String part) {
        return overlay.toAbsolutePath().relativize(Path.of("deploy", part).toAbsolutePath());
    }

    private static void install(ControlPlane controlPlane) {
        String base = "deploy/base/";
        Command.Outcome applied = controlPlane.kubectl("apply", "-n", NAMESPACE, "-f",
                base + "namespace.yaml", "-f", base + "service-account.yaml", "-f", base + "cluster-role.yaml", "-f",
                base + "lease-role.yaml");
        if (applied.exitCode() != 0) {
            throw new IllegalStateException("deploy/base: " + applied.stderr());
        }
    }
}
