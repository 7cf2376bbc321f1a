package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.Config;

/**
 * A Deployment's container, run as a node runs it: from the image's files and nothing else, as the image's user, with the
 * variables, the volumes and the restrictions that the Deployment has, the service account's token and the address of the
 * Kubernetes API. It is the first process that it sees.
 *
 * <p>It has no network, no memory limit and no seccomp profile of its own.
 */
public final class Pod implements AutoCloseable {

    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount";
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
    /** Arguments: the root, whether it is read-only, the account's directory, and then each memory volume. */
    private static final String PREPARE = """
            set -eu
            root=$1 read_only=$2 account=$3 memory=$4
            shift 4
            mount --bind "$root" "$root"
            mount --bind "$account" "$root%1$s"
            mount -o remount,bind,ro "$root%1$s"
            for volume in $memory; do
              mount -t tmpfs -o "mode=1777,size=${volume##*=}" tmpfs "$root${volume%%=*}"
            done
            mount -t tmpfs -o mode=755 tmpfs "$root/dev"
            for device in null zero random urandom; do
              : > "$root/dev/$device"
              mount --bind "/dev/$device" "$root/dev/$device"
            done
            [ "$read_only" = false ] || mount -o remount,bind,ro "$root"
            exec "$@"
            """.formatted(ACCOUNT);

    private final PodSpec spec;
    private final Container container;
    private final int port;
    private final Path directory;
    private final Path log;
    private final ServerProcess process;
    private final HttpClient http = HttpClient.newHttpClient();

    private Pod(OperatorImage image, Deployment deployment, ControlPlane controlPlane, Map<String, String> additions) {
        spec = deployment.getSpec().getTemplate().getSpec();
        container = spec.getContainers().getFirst();
        port = container.getPorts().getFirst().getContainerPort();
        String namespace = deployment.getMetadata().getNamespace();
        directory = Directories.fresh("pod");
        log = directory.resolveSibling("logs").resolve(directory.getFileName() + ".log");
        Path account = serviceAccount(directory.resolve("account"), controlPlane, namespace);
        Stream.concat(Stream.of(ACCOUNT), memoryVolumes().keySet().stream())
                .forEach(path -> Directories.create(image.root().resolve(path.substring(1))));
        List<String> line = new ArrayList<>(List.of("setpriv", "--clear-groups"));
        if (!container.getSecurityContext().getAllowPrivilegeEscalation()) {
            line.add("--no-new-privs");
        }
        line.addAll(List.of("unshare", "--mount", "--propagation", "private", "sh", "-c", PREPARE, "pod",
                image.root().toString(), container.getSecurityContext().getReadOnlyRootFilesystem().toString(),
                account.toString(), String.join(" ", memoryVolumes().entrySet().stream()
                        .map(volume -> volume.getKey() + "=" + volume.getValue()).toList()),
                "env", "-i"));
        line.addAll(image.environment());
        variables(namespace, controlPlane).forEach((name, value) -> line.add(name + "=" + value));
        additions.forEach((name, value) -> line.add(name + "=" + value));
        requireNumericUser(image);
        line.addAll(image.entry());
        line.addAll(container.getArgs().isEmpty() ? image.command() : container.getArgs());
        Shown.keep(log);
        process = ServerProcess.start("the operator's image", line, directory, Map.of(), log);
    }

    /** Starts the first of the Deployment's pods, with some variables besides those that it has. */
    public static Pod start(OperatorImage image, Deployment deployment, ControlPlane controlPlane,
            Map<String, String> additions) {
        return new Pod(image, deployment, controlPlane, additions);
    }

    /** For its endpoints, since it has no network of its own. */
    public static int freePort() {
        return FreePorts.next();
    }

    /** As the kubelet checks it, which does not read the image's user table. */
    private void requireNumericUser(OperatorImage image) {
        if (Boolean.TRUE.equals(spec.getSecurityContext().getRunAsNonRoot())
                && !image.user().matches("[1-9]\\d*:[1-9]\\d*")) {
            throw new AssertionError(
                    "container has runAsNonRoot and image has non-numeric or root user " + image.user());
        }
    }

    private Map<String, String> variables(String namespace, ControlPlane controlPlane) {
        Map<String, String> fields = Map.of("metadata.name", "operator-0", "metadata.namespace", namespace);
        URI api = URI.create(controlPlane.url());
        Map<String, String> variables = new LinkedHashMap<>(Map.of("HOSTNAME", "operator-0", "KUBERNETES_SERVICE_HOST",
                api.getHost(), "KUBERNETES_SERVICE_PORT", Integer.toString(api.getPort())));
        for (EnvVar variable : container.getEnv()) {
            variables.put(variable.getName(), variable.getValueFrom() == null
                    ? variable.getValue()
                    : fields.get(variable.getValueFrom().getFieldRef().getFieldPath()));
        }
        return variables;
    }

    /** The paths of the volumes in memory, with their sizes; there are no others. */
    private Map<String, String> memoryVolumes() {
        Map<String, String> volumes = new LinkedHashMap<>();
        for (VolumeMount mount : container.getVolumeMounts()) {
            Volume volume = spec.getVolumes().stream().filter(one -> one.getName().equals(mount.getName())).findFirst()
                    .orElseThrow();
            volumes.put(mount.getMountPath(),
                    volume.getEmptyDir().getSizeLimit().getNumericalAmount().toBigInteger().toString());
        }
        return volumes;
    }

    private Path serviceAccount(Path directory, ControlPlane controlPlane, String namespace) {
        Config config = Config.fromKubeconfig(controlPlane.kubeconfig(
                "system:serviceaccount:%s:%s".formatted(namespace, spec.getServiceAccountName())).toFile());
        try {
            Directories.create(directory);
            Files.writeString(directory.resolve("token"), config.getAutoOAuthToken());
            Files.write(directory.resolve("ca.crt"), Base64.getDecoder().decode(config.getCaCertData()));
            Files.writeString(directory.resolve("namespace"), namespace);
            return directory;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when its readiness probe says so. */
    public void awaitReady() {
        process.awaitReady(
                () -> status(container.getReadinessProbe().getHttpGet().getPath()) == HttpURLConnection.HTTP_OK);
    }

    private int status(String path) {
        try {
            return http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                    .timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.discarding()).statusCode();
        } catch (IOException notYet) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public String log() {
        return read(log);
    }

    /** A file of the process in /proc, such as {@code status}. */
    public String proc(String file) {
        return read(Path.of("/proc", Long.toString(java().pid()), file));
    }

    /** A file below the root that the process sees. */
    public Path file(String path) {
        return Path.of("/proc", Long.toString(java().pid()), "root", path);
    }

    private ProcessHandle java() {
        return process.descendants().filter(one -> one.info().command().orElse("").endsWith("/java")).findFirst()
                .orElseThrow(() -> new IllegalStateException("it does not run: " + process.tail()));
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Asks it to stop, as the kubelet does, and returns its exit code. */
    public int stop() {
        Shown.keepEndpoints(port);
        Command.of("kill", "-TERM", Long.toString(java().pid())).runOrFail();
        return process.awaitExit(STOPS_WITHIN);
    }

    @Override
    public void close() {
        process.close();
        http.close();
        Directories.delete(directory);
    }
}
