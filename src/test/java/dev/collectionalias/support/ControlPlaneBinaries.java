package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The programs of a Kubernetes control plane: those that are in the folder that KUBEBUILDER_ASSETS names (the convention
 * of envtest), the others built from the Go module in {@code src/test/control-plane} when they are first asked for, once
 * per machine and version.
 */
final class ControlPlaneBinaries {

    private static final Path MODULE = Path.of("src", "test", "control-plane").toAbsolutePath();
    private static final Map<String, String> PACKAGES = Map.of("etcd", "go.etcd.io/etcd/server/v3", "kube-apiserver",
            "k8s.io/kubernetes/cmd/kube-apiserver", "kube-controller-manager",
            "k8s.io/kubernetes/cmd/kube-controller-manager", "kubectl", "k8s.io/kubernetes/cmd/kubectl");

    private final Optional<Path> given = Optional.ofNullable(System.getenv("KUBEBUILDER_ASSETS")).map(Path::of);

    String path(String program) {
        return given.map(assets -> assets.resolve(program)).filter(Files::isExecutable)
                .orElseGet(() -> BuildCache.get("control-plane/%s/%s".formatted(key(), program),
                        directory -> build(program, directory)).resolve(program))
                .toString();
    }

    private static void build(String program, Path directory) throws IOException {
        String version = kubernetesVersion();
        requireGo();
        System.err.printf("building %s for Kubernetes %s … (once per machine, some minutes)%n", program, version);
        Command.of("go", "build", "-trimpath", "-ldflags",
                "-s -w -X k8s.io/component-base/version.gitVersion=" + version, "-o",
                directory.resolve(program).toString(), PACKAGES.get(program)).in(MODULE)
                .with(Map.of("CGO_ENABLED", "0")).runOrFail();
    }

    private static void requireGo() {
        try {
            Command.of("go", "version").runOrFail();
        } catch (UncheckedIOException absent) {
            throw new IllegalStateException("Go is needed to build a Kubernetes control plane for tests: install Go "
                    + "1.26 or newer, or set KUBEBUILDER_ASSETS to a folder with " + PACKAGES.keySet());
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
