package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.Helm;
import dev.collectionalias.support.Kubectl;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A release from its first install to its end, on a real API server that has none of the kinds at first. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(OrderAnnotation.class)
abstract class HelmRelease {

    static final String RELEASE = "collection-alias-operator";
    static final String CHART = HelmChart.PATH;
    private static final String NAMESPACE = HelmChart.NAMESPACE;
    private static final String EVERYTHING = HelmChart.EVERYTHING;

    private final Helm helm;
    private ControlPlane controlPlane;
    private Kubectl kubectl;

    HelmRelease(Helm.Major major) {
        helm = Helm.find(major);
    }

    @BeforeAll
    void start(@TempDir Path directory) {
        controlPlane = ControlPlane.start(directory.resolve("control-plane"));
        kubectl = new Kubectl(controlPlane, NAMESPACE);
        kubectl.run("apply", "-f", "src/test/resources/prometheus-operator/crds.yaml");
        kubectl.run("create", "namespace", "team-a");
        kubectl.run("create", "namespace", "team-b");
    }

    @AfterAll
    void stop() {
        controlPlane.close();
    }

    final Outcome helm(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--namespace", NAMESPACE, "--kubeconfig", controlPlane.adminKubeconfig().toString()));
        return helm.run(line.toArray(String[]::new));
    }

    static String succeeding(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        return outcome.stdout();
    }

    @Test
    @Order(1)
    void connectionsBeforeTheirKindsAreRefusedAndLeaveNothing() {
        Outcome refused = helm("install", RELEASE, CHART, "--create-namespace", "--values", EVERYTHING);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.stderr()).contains("MilvusConnection", "ensure CRDs are installed first");
        assertThat(kubectl.run("get", "deployments,serviceaccounts", "-o", "name")).isEmpty();
    }

    @Test
    @Order(2)
    void installsTheKindsAndSaysWhatIsNext() {
        String notes = succeeding(helm("install", RELEASE, CHART, "--create-namespace"));

        assertThat(notes).contains("The operator watches all namespaces.", "rollout status deployment/" + RELEASE,
                "kind: MilvusConnection");
        controlPlane.awaitKinds("crd/collectionaliases.collectionalias.dev",
                "crd/milvusconnections.collectionalias.dev", "crd/clustermilvusconnections.collectionalias.dev");
        assertThat(kubectl.run("get", "deployment", RELEASE, "-o", "jsonpath={..image}"))
                .isEqualTo("collection-alias-operator:0.1.0");
        kubectl.apply(Kubectl.example("alias.yaml"));
    }

    @Test
    @Order(3)
    void anUpgradeRenewsTheKinds() {
        kubectl.run("patch", "crd", "collectionaliases.collectionalias.dev", "--type=json", "-p", """
                [{"op": "remove", "path": "/spec/names/shortNames"}]""");

        succeeding(helm("upgrade", RELEASE, CHART, "--set", "replicas=2"));

        assertThat(kubectl.run("get", "crd", "collectionaliases.collectionalias.dev", "-o",
                "jsonpath={.spec.names.shortNames}")).contains("calias");
        assertThat(kubectl.run("get", "deployment", RELEASE, "-o", "jsonpath={.spec.replicas}")).isEqualTo("2");
    }

    /** Into a few namespaces instead of all, and with all that the chart has. */
    @Test
    @Order(4)
    void everythingIsAcceptedByTheApiServer() {
        String notes = succeeding(helm("upgrade", RELEASE, CHART, "--values", EVERYTHING, "--set",
                "crds.install=true"));

        assertThat(notes).contains("The operator watches team-a, team-b.");
        assertThat(kubectl.run("get", "mconn", "-n", "team-a", "-o", "name"))
                .contains("milvusconnection.collectionalias.dev/default");
        assertThat(kubectl.run("get", "cmconn", "-o", "name"))
                .contains("clustermilvusconnection.collectionalias.dev/shared");
        assertThat(kubectl.run("auth", "can-i", "patch", "calias", "-n", "team-b", "--as",
                "system:serviceaccount:" + NAMESPACE + ":alias-operator")).contains("yes");
        assertThat(controlPlane.kubectl("auth", "can-i", "get", "secrets", "-n", NAMESPACE, "--as",
                "system:serviceaccount:" + NAMESPACE + ":alias-operator").stdout()).contains("no");
        assertThat(kubectl.run("get", "poddisruptionbudget,networkpolicy,servicemonitor,prometheusrule", "-o", "name")
                .lines()).hasSize(4);
    }

    @Test
    @Order(5)
    void anUpgradeWithoutThemLeavesTheKindsAndTheConnections() {
        succeeding(helm("upgrade", RELEASE, CHART, "--set", "crds.install=false"));

        assertAliasesAndConnectionsStay();
    }

    @Test
    @Order(6)
    void uninstallLeavesTheKindsTheAliasesAndTheConnections() {
        succeeding(helm("uninstall", RELEASE));

        assertThat(kubectl.run("get", "deployments,serviceaccounts,roles", "-o", "name")).isEmpty();
        assertAliasesAndConnectionsStay();
    }

    private void assertAliasesAndConnectionsStay() {
        assertThat(kubectl.run("get", "calias", "products", "-o", "jsonpath={.metadata.deletionTimestamp}")).isEmpty();
        assertThat(kubectl.run("get", "mconn", "default", "-n", "team-a", "-o",
                "jsonpath={.metadata.deletionTimestamp}")).isEmpty();
    }

    @Test
    @Order(7)
    void installedAgainItTakesThemOver() {
        succeeding(helm("install", RELEASE, CHART));

        assertThat(kubectl.run("get", "calias", "products", "-o", "jsonpath={.spec.collection}"))
                .isEqualTo("products_v1");
    }

    /** For another namespace, as where each team has an operator and a common one has the pods. */
    @Test
    @Order(8)
    void aSecondReleaseOfTheNamespaceHasALeaseOfItsOwn() {
        succeeding(helm("install", "team-a", CHART, "--set",
                "crds.install=false,userRoles.create=false,watchNamespaces={team-a}"));

        String lease = "lease/team-a-collection-alias-operator";
        assertThat(may("team-a-collection-alias-operator", "patch", lease)).isEqualTo("yes");
        assertThat(may("team-a-collection-alias-operator", "patch", "lease/another")).isEqualTo("no");
        assertThat(may(RELEASE, "patch", lease)).isEqualTo("no");
        assertThat(may(RELEASE, "patch", "lease/" + RELEASE)).isEqualTo("yes");
        succeeding(helm("uninstall", "team-a"));
    }

    private String may(String account, String verb, String object) {
        return controlPlane.kubectl("auth", "can-i", verb, object, "-n", NAMESPACE, "--as",
                "system:serviceaccount:" + NAMESPACE + ":" + account).stdout().strip();
    }

    /** As they are when somebody applies those of another version; what differs is kubectl's from then on. */
    final void applyOtherKindsByKubectl() {
        String kinds = kubectl.run("kustomize", "crds");
        kubectl.apply(kinds.replace("- calias\n", "- calias\n    - ca\n"));
    }

    final String shortNames() {
        return kubectl.run("get", "crd", "collectionaliases.collectionalias.dev", "-o",
                "jsonpath={.spec.names.shortNames}");
    }

    /** With them goes everything that Helm knows of them. */
    final void deleteTheReleaseAndTheKinds() {
        succeeding(helm("uninstall", RELEASE));
        kubectl.run("delete", "-k", "crds", "--wait");
    }
}
