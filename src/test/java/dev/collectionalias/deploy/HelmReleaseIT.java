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
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** A release from its first install to its end, on a real API server that has none of the kinds at first. */
@TestMethodOrder(OrderAnnotation.class)
class HelmReleaseIT {

    private static final String RELEASE = "collection-alias-operator";
    private static final String NAMESPACE = "collection-alias-system";
    private static final String EVERYTHING = "src/test/resources/helm/everything.values.yaml";

    private static Helm helm;
    private static ControlPlane controlPlane;
    private static Kubectl kubectl;

    @BeforeAll
    static void start(@TempDir Path directory) {
        helm = Helm.find();
        controlPlane = ControlPlane.start(directory.resolve("control-plane"));
        kubectl = new Kubectl(controlPlane, NAMESPACE);
        kubectl.run("apply", "-f", "src/test/resources/prometheus-operator/crds.yaml");
        kubectl.run("create", "namespace", "team-a");
        kubectl.run("create", "namespace", "team-b");
    }

    @AfterAll
    static void stop() {
        controlPlane.close();
    }

    private static Outcome helm(String... arguments) {
        List<String> line = new ArrayList<>(List.of(arguments));
        line.addAll(List.of("--namespace", NAMESPACE, "--kubeconfig", controlPlane.adminKubeconfig().toString()));
        return helm.run(line.toArray(String[]::new));
    }

    private static String succeeding(Outcome outcome) {
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        return outcome.stdout();
    }

    @Test
    @Order(1)
    void connectionsBeforeTheirKindsAreRefusedAndLeaveNothing() {
        Outcome refused = helm("install", RELEASE, "deploy/helm", "--create-namespace", "--values", EVERYTHING);

        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.stderr()).contains("MilvusConnection", "ensure CRDs are installed first");
        assertThat(kubectl.run("get", "deployments,serviceaccounts", "-o", "name")).isEmpty();
    }

    @Test
    @Order(2)
    void installsTheKindsAndSaysWhatIsNext() {
        String notes = succeeding(helm("install", RELEASE, "deploy/helm", "--create-namespace"));

        assertThat(notes).contains("The operator watches all namespaces.", "rollout status deployment/" + RELEASE,
                "kind: MilvusConnection");
        kubectl.run("wait", "--for=condition=Established", "--timeout=30s",
                "crd/collectionaliases.collectionalias.dev", "crd/milvusconnections.collectionalias.dev",
                "crd/clustermilvusconnections.collectionalias.dev");
        assertThat(kubectl.run("get", "deployment", RELEASE, "-o", "jsonpath={..image}"))
                .isEqualTo("collection-alias-operator:0.1.0");
        kubectl.apply(Kubectl.example("alias.yaml"));
    }

    @Test
    @Order(3)
    void anUpgradeRenewsTheKinds() {
        kubectl.run("patch", "crd", "collectionaliases.collectionalias.dev", "--type=json", "-p", """
                [{"op": "remove", "path": "/spec/names/shortNames"}]""");

        succeeding(helm("upgrade", RELEASE, "deploy/helm", "--set", "replicas=2"));

        assertThat(kubectl.run("get", "crd", "collectionaliases.collectionalias.dev", "-o",
                "jsonpath={.spec.names.shortNames}")).contains("calias");
        assertThat(kubectl.run("get", "deployment", RELEASE, "-o", "jsonpath={.spec.replicas}")).isEqualTo("2");
    }

    /** Into a few namespaces instead of all, and with all that the chart has. */
    @Test
    @Order(4)
    void everythingIsAcceptedByTheApiServer() {
        String notes = succeeding(helm("upgrade", RELEASE, "deploy/helm", "--values", EVERYTHING, "--set",
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
    void uninstallLeavesTheKindsTheAliasesAndTheConnections() {
        succeeding(helm("uninstall", RELEASE));

        assertThat(kubectl.run("get", "deployments,serviceaccounts,roles", "-o", "name")).isEmpty();
        assertThat(kubectl.run("get", "calias", "products", "-o", "jsonpath={.metadata.deletionTimestamp}")).isEmpty();
        assertThat(kubectl.run("get", "mconn", "default", "-n", "team-a", "-o",
                "jsonpath={.metadata.deletionTimestamp}")).isEmpty();
    }

    @Test
    @Order(6)
    void installedAgainItTakesThemOver() {
        succeeding(helm("install", RELEASE, "deploy/helm"));

        assertThat(kubectl.run("get", "calias", "products", "-o", "jsonpath={.spec.collection}"))
                .isEqualTo("products_v1");
    }

    /** For another namespace, as where each team has an operator and a common one has the pods. */
    @Test
    @Order(7)
    void aSecondReleaseOfTheNamespaceHasALeaseOfItsOwn() {
        succeeding(helm("install", "team-a", "deploy/helm", "--set",
                "crds.install=false,userRoles.create=false,watchNamespaces={team-a}"));

        String lease = "lease/team-a-collection-alias-operator";
        assertThat(may("team-a-collection-alias-operator", "patch", lease)).isEqualTo("yes");
        assertThat(may("team-a-collection-alias-operator", "patch", "lease/another")).isEqualTo("no");
        assertThat(may(RELEASE, "patch", lease)).isEqualTo("no");
        assertThat(may(RELEASE, "patch", "lease/" + RELEASE)).isEqualTo("yes");
    }

    private static String may(String account, String verb, String object) {
        return controlPlane.kubectl("auth", "can-i", verb, object, "-n", NAMESPACE, "--as",
                "system:serviceaccount:" + NAMESPACE + ":" + account).stdout().strip();
    }
}
