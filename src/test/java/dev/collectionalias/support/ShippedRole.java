package dev.collectionalias.support;

import java.nio.file.Path;

import io.fabric8.kubernetes.client.KubernetesClient;

/** The service account that {@code deploy/base} gives the operator, with the roles found there: a missing verb fails a test. */
public final class ShippedRole {

    private static final String ACCOUNT = "system:serviceaccount:collection-alias-system:collection-alias-operator";

    private ShippedRole() {}

    public static KubernetesClient client(ControlPlane controlPlane) {
        install(controlPlane);
        return controlPlane.clientFor(ACCOUNT);
    }

    public static Path kubeconfig(ControlPlane controlPlane) {
        install(controlPlane);
        return controlPlane.kubeconfig(ACCOUNT);
    }

    private static void install(ControlPlane controlPlane) {
        String base = "deploy/base/";
        Command.Outcome applied = controlPlane.kubectl("apply", "-n", "collection-alias-system", "-f",
                base + "namespace.yaml", "-f", base + "service-account.yaml", "-f", base + "cluster-role.yaml", "-f",
                base + "lease-role.yaml");
        if (applied.exitCode() != 0) {
            throw new IllegalStateException("deploy/base: " + applied.stderr());
        }
    }
}
