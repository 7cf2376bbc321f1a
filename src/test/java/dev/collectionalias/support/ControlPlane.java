package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ServiceAccountBuilder;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.api.model.authentication.TokenRequest;
import io.fabric8.kubernetes.api.model.authentication.TokenRequestBuilder;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/**
 * A real kube-apiserver on a real etcd, with RBAC and everything that the server itself checks. There are no nodes,
 * and no controllers unless a test starts them: without them a deleted namespace stays Terminating.
 */
public final class ControlPlane implements AutoCloseable {

    private static final String SERVICE_ACCOUNT = "system:serviceaccount:";

    private final ControlPlaneBinaries binaries = new ControlPlaneBinaries();
    private final Path directory;
    private final ApiServerCredentials credentials;
    private final int port = FreePorts.next();
    private final ServerProcess etcd;
    /** Each status and each Event as it was sent, whatever became of it. */
    private final Path audit;
    private final List<String> apiServerCommand;
    private ServerProcess apiServer;
    private ServerProcess controllerManager;
    private final Path adminKubeconfig;
    private final KubernetesClient client;

    private ControlPlane(Path directory, boolean audited) {
        this.directory = Directories.create(directory.toAbsolutePath());
        credentials = ApiServerCredentials.in(this.directory.resolve("credentials"));
        audit = Directories.create(this.directory.resolve("audit"));
        Shown.keep(audit);
        String etcdUrl = "http://127.0.0.1:" + FreePorts.next();
        etcd = startEtcd(etcdUrl);
        apiServerCommand = apiServerCommand(etcdUrl, audited);
        startApiServer();
        adminKubeconfig = writeKubeconfig("admin", credentials.adminToken());
        client = clientFor(adminKubeconfig);
    }

    /** Starts one; its data and logs are kept in the directory, which nothing else may use. */
    public static ControlPlane start(Path directory) {
        return new ControlPlane(directory, true);
    }

    /** One that writes nothing down of what it is sent: for measuring, as that would cost some clients more than others. */
    public static ControlPlane startUnaudited(Path directory) {
        return new ControlPlane(directory, false);
    }

    public String url() {
        return "https://127.0.0.1:" + port;
    }

    /** A client of the administrator, to whom everything is allowed. */
    public KubernetesClient client() {
        return client;
    }

    public Path adminKubeconfig() {
        return adminKubeconfig;
    }

    /**
     * A kubeconfig for a user named as RBAC names it: {@code admin}, or {@code system:serviceaccount:namespace:name} with
     * a token as a pod would get it. The namespace and the service account are created if they are missing.
     */
    public Path kubeconfig(String user) {
        if (user.equals("admin")) {
            return adminKubeconfig;
        }
        if (!user.startsWith(SERVICE_ACCOUNT)) {
            throw new IllegalArgumentException("neither admin nor a service account: " + user);
        }
        String[] names = user.substring(SERVICE_ACCOUNT.length()).split(":");
        return writeKubeconfig(user.replace(':', '_'), serviceAccountToken(names[0], names[1]));
    }

    /** A client for such a user; to be closed by who asked for it. */
    public KubernetesClient clientFor(String user) {
        return clientFor(kubeconfig(user));
    }

    /** Runs kubectl as the administrator. */
    public Command.Outcome kubectl(String... arguments) {
        return kubectlAs(adminKubeconfig, "", arguments);
    }

    /** Runs kubectl as the kubeconfig's user, with an input for {@code -f -}. */
    public Command.Outcome kubectlAs(Path kubeconfig, String input, String... arguments) {
        List<String> line = new ArrayList<>(List.of(kubectlPath()));
        line.addAll(List.of(arguments));
        return Command.of(line.toArray(String[]::new)).reading(input)
                .with(Map.of("KUBECONFIG", kubeconfig.toString(), "KUBECACHEDIR",
                        directory.resolve("kubectl-cache").toString()))
                .run();
    }

    /**
     * Returns when the API server serves these kinds. A `kubectl wait` fails at once where a kind has no conditions yet.
     *
     * @param kinds as kubectl takes them: {@code -f} and a file, or {@code crd/} and a name each
     */
    public void awaitKinds(String... kinds) {
        List<String> line = new ArrayList<>(List.of("wait", "--for=condition=Established"));
        line.addAll(List.of(kinds));
        AliasObjects.await("the kinds are served", () -> {
            Command.Outcome served = kubectl(line.toArray(String[]::new));
            assertThat(served.exitCode()).as(served.stderr()).isZero();
        });
    }

    public String kubectlPath() {
        return binaries.path("kubectl");
    }

    /** Applies every CRD in {@code crds/} and returns when the API server serves them. */
    public void applyCrds() {
        try (Stream<Path> files = Files.list(Path.of("crds"))) {
            files.map(Path::toFile).filter(file -> file.getName().endsWith(".collectionalias.dev.yaml")).sorted()
                    .forEach(this::applyCrd);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void applyCrd(File file) {
        CustomResourceDefinition crd = client.apiextensions().v1().customResourceDefinitions().load(file).item();
        client.resource(crd).forceConflicts().serverSideApply();
        client.resource(crd).waitUntilCondition(ControlPlane::isEstablished, 30, TimeUnit.SECONDS);
    }

    private static boolean isEstablished(CustomResourceDefinition crd) {
        return crd != null && crd.getStatus() != null && crd.getStatus().getConditions() != null && crd.getStatus()
                .getConditions().stream()
                .anyMatch(
                        condition -> condition.getType().equals("Established") && condition.getStatus().equals("True"));
    }

    /** Takes the API server away at once, as in an outage; what it stored stays. */
    public void stopApiServer() {
        apiServer.close();
    }

    /** Brings the API server back where it was, and returns when it is ready. */
    public void startApiServer() {
        apiServer = ServerProcess.start("kube-apiserver", apiServerCommand, directory, Map.of(),
                directory.resolve("kube-apiserver.log"));
        Path certificate = Path.of(credentials.file("apiserver.crt"));
        apiServer.awaitReady(() -> Files.exists(certificate) && isReady());
    }

    /** The API server goes on, but can neither read nor write, as with a disk that hangs. */
    public void pauseEtcd() {
        etcd.signal("STOP");
    }

    public void resumeEtcd() {
        etcd.signal("CONT");
    }

    /**
     * Starts those of Kubernetes' controllers that matter here, unless they run already: a namespace that is deleted goes
     * with what is in it, and cluster roles are aggregated. Returns when they work.
     */
    public synchronized void startControllers() {
        if (controllerManager != null) {
            return;
        }
        List<String> command = List.of(binaries.path("kube-controller-manager"),
                "--kubeconfig=" + adminKubeconfig,
                "--controllers=namespace-controller,garbage-collector-controller,clusterrole-aggregation-controller",
                "--leader-elect=false", "--secure-port=0");
        // Most of its memory is what it reads at its start.
        controllerManager = ServerProcess.start("kube-controller-manager", command, directory, Map.of("GOGC", "25"),
                directory.resolve("kube-controller-manager.log"));
        controllerManager.awaitReady(this::isAggregating);
    }

    private boolean isAggregating() {
        List<PolicyRule> rules = client.rbac().clusterRoles().withName("view").require().getRules();
        return rules != null && !rules.isEmpty();
    }

    @Override
    public void close() {
        client.close();
        if (controllerManager != null) {
            controllerManager.close();
        }
        apiServer.close();
        etcd.close();
        Stream.of("etcd", "credentials", "kubeconfigs", "kubectl-cache").map(directory::resolve)
                .forEach(Directories::delete);
    }

    private boolean isReady() {
        Path kubeconfig = writeKubeconfig("probe", credentials.adminToken());
        return kubectlAs(kubeconfig, "", "get", "--raw", "/readyz", "--request-timeout=5s").exitCode() == 0;
    }

    private ServerProcess startEtcd(String url) {
        String peer = "http://127.0.0.1:" + FreePorts.next();
        List<String> command = List.of(binaries.path("etcd"), "--data-dir", directory.resolve("etcd").toString(),
                "--listen-client-urls", url, "--advertise-client-urls", url, "--listen-peer-urls", peer,
                "--initial-advertise-peer-urls", peer, "--initial-cluster", "default=" + peer, "--unsafe-no-fsync",
                "--log-level", "warn");
        // kube-apiserver waits for etcd by itself.
        return ServerProcess.start("etcd", command, directory, Map.of(), directory.resolve("etcd.log"));
    }

    private List<String> apiServerCommand(String etcdUrl, boolean audited) {
        List<String> command = new ArrayList<>(List.of(binaries.path("kube-apiserver"), "--etcd-servers=" + etcdUrl,
                "--cert-dir=" + credentials.directory(), "--bind-address=127.0.0.1", "--advertise-address=127.0.0.1",
                "--endpoint-reconciler-type=none", "--secure-port=" + port,
                "--service-account-issuer=https://kubernetes.default.svc",
                "--service-account-key-file=" + credentials.file("service-accounts.pub"),
                "--service-account-signing-key-file=" + credentials.file("service-accounts.key"),
                "--service-cluster-ip-range=10.0.0.0/24", "--token-auth-file=" + credentials.file("tokens.csv"),
                "--authorization-mode=RBAC", "--disable-admission-plugins=ServiceAccount"));
        if (audited) {
            command.addAll(List.of("--audit-policy-file=" + auditPolicy(),
                    "--audit-log-path=" + audit.resolve("audit.log")));
        }
        return command;
    }

    private Path auditPolicy() {
        try {
            return Files.writeString(directory.resolve("audit-policy.yaml"), """
                    apiVersion: audit.k8s.io/v1
                    kind: Policy
                    omitStages: [RequestReceived]
                    omitManagedFields: true
                    rules:
                    - level: Request
                      verbs: [create, update, patch]
                      resources:
                      - {group: collectionalias.dev, resources: ["*"]}
                      - {group: coordination.k8s.io, resources: ["*"]}
                      - {group: "", resources: [events]}
                    - level: None
                    """);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String serviceAccountToken(String namespace, String name) {
        client.resource(new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata().build())
                .serverSideApply();
        client.resource(new ServiceAccountBuilder().withNewMetadata().withNamespace(namespace).withName(name)
                .endMetadata().build()).serverSideApply();
        TokenRequest request = new TokenRequestBuilder().withNewSpec().withExpirationSeconds(86_400L).endSpec().build();
        return client.serviceAccounts().inNamespace(namespace).withName(name).tokenRequest(request).getStatus()
                .getToken();
    }

    private static KubernetesClient clientFor(Path kubeconfig) {
        return new KubernetesClientBuilder().withConfig(Config.fromKubeconfig(kubeconfig.toFile())).build();
    }

    private Path writeKubeconfig(String user, String token) {
        SecretLedger.add("the token of " + user, token);
        try {
            byte[] certificate = Files.readAllBytes(Path.of(credentials.file("apiserver.crt")));
            Path kubeconfigs = Files.createDirectories(directory.resolve("kubeconfigs"));
            return Files.writeString(kubeconfigs.resolve(user + ".yaml"), """
                    apiVersion: v1
                    kind: Config
                    current-context: test
                    contexts: [{name: test, context: {cluster: test, user: test}}]
                    clusters: [{name: test, cluster: {server: "%s", certificate-authority-data: "%s"}}]
                    users: [{name: test, user: {token: "%s"}}]
                    """.formatted(url(), Base64.getEncoder().encodeToString(certificate), token));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
