package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of a Kubernetes control plane: those that KUBEBUILDER_ASSETS names (the convention of envtest), else
 * built from the Go module in {@code src/test/control-plane}, once per machine and version.
 */
record ControlPlaneBinaries(Path directory) {

    private static final Path MODULE = Path.of("src", "test", "control-plane").toAbsolutePath();
    private static final Map<String, String> PACKAGES = Map.of("etcd", "go.etcd.io/etcd/server/v3", "kube-apiserver",
            "k8s.io/kubernetes/cmd/kube-apiserver", "kubectl", "k8s.io/kubernetes/cmd/kubectl");

    static ControlPlaneBinaries find() {
        String assets = System.getenv("KUBEBUILDER_ASSETS");
        if (assets != null && hasAll(Path.of(assets))) {
            return new ControlPlaneBinaries(Path.of(assets));
        }
        return new ControlPlaneBinaries(BuildCache.get("control-plane/" + key(), ControlPlaneBinaries::build));
    }

    String path(String program) {
        return directory.resolve(program).toString();
    }

    private static boolean hasAll(Path directory) {
        return PACKAGES.keySet().stream().allMatch(program -> Files.isExecutable(directory.resolve(program)));
    }

    private static void build(Path directory) throws IOException {
        String version = kubernetesVersion();
        requireGo();
        System.err.println("building kube-apiserver " + version + " … (once per machine, about 5 minutes)");
        PACKAGES.forEach((program, source) -> Command
                .of("go", "build", "-trimpath", "-ldflags",
                        "-s -w -X k8s.io/component-base/version.gitVersion=" + version, "-o",
                        directory.resolve(program).toString(), source)
                .in(MODULE).with(Map.of("CGO_ENABLED", "0")).runOrFail());
    }

    private static void requireGo() {
        try {
            Command.of("go", "version").runOrFail();
        } catch (UncheckedIOException absent) {
            throw new IllegalStateException("Go is needed to build a Kubernetes control plane for tests: install Go "
                    + "1.21 or newer, or set KUBEBUILDER_ASSETS to a folder with kube-apiserver, etcd and kubectl");
        }
    }

    private static String kubernetesVersion() throws IOException {
        Matcher line = Pattern.compile("k8s\\.io/kubernetes (v\\S+)")
                .matcher(Files.readString(MODULE.resolve("go.mod")));
        if (!line.find()) {
            throw new IllegalStateException("go.mod does not require k8s.io/kubernetes");
        }
        return line.group(1);
    }

    private static String key() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(Files.readAllBytes(MODULE.resolve("go.mod")));
            digest.update(Files.readAllBytes(MODULE.resolve("go.sum")));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
