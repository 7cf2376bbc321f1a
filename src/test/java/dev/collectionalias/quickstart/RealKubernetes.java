package dev.collectionalias.quickstart;

import java.nio.file.Path;
import java.util.Optional;

import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;

/** A real kube-apiserver on a real etcd, with the operator installed as users install it: {@code deploy/base}. */
final class RealKubernetes implements KubernetesApi {

    private static final String OPERATOR = "system:serviceaccount:collection-alias-system:collection-alias-operator";

    private final ControlPlane controlPlane;
    private final Path operatorKubeconfig;

    private RealKubernetes(ControlPlane controlPlane, Path operatorKubeconfig) {
        this.controlPlane = controlPlane;
        this.operatorKubeconfig = operatorKubeconfig;
    }

    static RealKubernetes start(Path directory) {
        ControlPlane controlPlane = ControlPlane.start(directory);
        controlPlane.applyCrds();
        // There are no nodes: the Deployment stays as it is, and the tour runs the operator as its service account.
        Command.Outcome applied = controlPlane.kubectl("apply", "-k", "deploy/base");
        if (applied.exitCode() != 0) {
            controlPlane.close();
            throw new TourFailure("kubectl apply -k deploy/base: " + applied.stderr());
        }
        return new RealKubernetes(controlPlane, controlPlane.kubeconfig(OPERATOR));
    }

    @Override
    public Path kubeconfig() {
        return controlPlane.adminKubeconfig();
    }

    @Override
    public Path operatorKubeconfig() {
        return operatorKubeconfig;
    }

    @Override
    public String description() {
        return "kube-apiserver at " + controlPlane.url();
    }

    @Override
    public Optional<String> kubectl() {
        return Optional.of(controlPlane.kubectlPath());
    }

    @Override
    public void close() {
        controlPlane.close();
    }
}
