package dev.collectionalias.support;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The programs of a Kubernetes control plane: those that are in the folder that KUBEBUILDER_ASSETS names (the convention
 * of envtest), the others built from the Go module in {@code src/test/control-plane} when they are first asked for, once
 * per machine and version.
 */
final class ControlPlaneBinaries {

    private static final GoModule MODULE = GoModule.named("control-plane");
    private static final Map<String, String> PACKAGES = Map.of("etcd", "go.etcd.io/etcd/server/v3", "kube-apiserver",
            "k8s.io/kubernetes/cmd/kube-apiserver", "kube-controller-manager",
            "k8s.io/kubernetes/cmd/kube-controller-manager", "kubectl", "k8s.io/kubernetes/cmd/kubectl");

    private final Optional<Path> given = Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).map(Path::of);

    String path(String program) {
        return given.map(assets -> assets.resolve(program)).filter(Files::isExecutable)
                .orElseGet(() -> BuildCache.get("control-plane/%s/%s".formatted(MODULE.key(), program),
                        directory -> build(program, directory)).resolve(program))
                .toString();
    }

    private static void build(String program, Path directory) {
        String version = MODULE.versionOf("k8s.io/kubernetes");
        GoModule.requireGo("set KUBEBUILDER_ASSETS to a folder with " + String.join(", ", PACKAGES.keySet()));
        System.err.printf("building %s for Kubernetes %s … (once per machine, some minutes)%n", program, version);
        MODULE.build(PACKAGES.get(program), "-X k8s.io/component-base/version.gitVersion=" + version,
                directory.resolve(program));
    }
}
