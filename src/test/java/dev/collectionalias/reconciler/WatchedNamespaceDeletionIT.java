package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.collectionalias.docs.Page;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An operator in namespaced mode loses its Role with a namespace that is being deleted, and its other namespaces never notice. */
class WatchedNamespaceDeletionIT {

    private static final Duration WITHIN_A_MINUTE = Duration.ofSeconds(60);

    private static ControlPlane controlPlane;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private TestNamespace home;
    private TestNamespace team;
    private AliasObjects atHome;
    private AliasObjects ofTheTeam;
    private KubernetesClient account;
    private OperatorUnderTest operator;

    @BeforeAll
    static void aClusterThatCleansUp() {
        controlPlane = ControlPlaneExtension.another();
        controlPlane.startControllers();
    }

    @AfterAll
    static void stopTheCluster() {
        controlPlane.close();
    }

    @BeforeEach
    void anAliasInEachOfTwoNamespaces() {
        home = ControlPlaneExtension.anotherNamespace(controlPlane);
        team = ControlPlaneExtension.anotherNamespace(controlPlane);
        atHome = new AliasObjects(home);
        ofTheTeam = new AliasObjects(team);
        milvus.start();
        milvus.accounts().enableAuthorization();
        List.of("one", "two").forEach(name -> milvus.state().createCollection("default", name));
        install("safe-deletion");
        ShippedRole.letWatch(controlPlane, home, team);
        start();
        connected(atHome).alias("products", "one");
        connected(ofTheTeam).alias("reviews", "one");
        atHome.awaitReady("products", "one");
        ofTheTeam.awaitReady("reviews", "one");
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
        dropComponent();
    }

    private void install(String... components) {
        account = ShippedRole.namespacedClient(controlPlane, home, components);
    }

    private void start() {
        operator = OperatorUnderTest.start(account, home.name() + "," + team.name());
    }

    /** A connection with the Secret beside it. */
    private AliasObjects connected(AliasObjects objects) {
        objects.secret("milvus", "token", milvus.token());
        objects.connection("default", "{uri: '%s', auth: {secretRef: {name: milvus}}}".formatted(milvus.uri()));
        return objects;
    }

    @Test
    void endsByItselfAndDropsTheAlias() {
        team.client().namespaces().withName(team.name()).delete();

        awaitTeamGone();
        assertThat(milvus.state().listAliases("default", "")).containsExactly("products");
        assertHomeIsLookedAfter();
    }

    @Test
    void endsByItselfThoughTheOperatorIsRestartedWithoutItsRole() {
        deleteUntilRoleAndSecretAreGone();
        operator.close();
        milvus.faults().clear();

        account = ShippedRole.account(controlPlane, home);
        start();

        assertHomeIsLookedAfter();
        awaitTeamGone();
        assertThat(milvus.state().listAliases("default", "")).as("there was nothing left to drop it with")
                .containsExactlyInAnyOrder("products", "reviews");
    }

    @Test
    void isReleasedByTheDocumentedStepWithoutTheComponent() {
        dropComponent();
        deleteUntilRoleAndSecretAreGone();
        milvus.faults().clear();
        String step = Page.read(Path.of("docs/operations.md")).blocks().stream().map(Page.Block::code)
                .filter(code -> code.contains("finalizers")).findFirst().orElseThrow()
                .replace("my-team", team.name()).replace("kubectl", controlPlane.kubectlPath());

        Command.of("sh", "-c", step).with(Map.of("KUBECONFIG", controlPlane.adminKubeconfig().toString())).runOrFail();

        awaitTeamGone();
        assertThat(milvus.state().listAliases("default", "")).containsExactlyInAnyOrder("products", "reviews");
        assertHomeIsLookedAfter();
    }

    private void deleteUntilRoleAndSecretAreGone() {
        milvus.faults().on(Rpc.DROP_ALIAS).fail(65535, "etcd is gone");
        team.client().namespaces().withName(team.name()).delete();
        await("Role and Secret are gone").atMost(WITHIN_A_MINUTE).untilAsserted(() -> {
            assertThat(team.client().rbac().roleBindings().list().getItems()).isEmpty();
            assertThat(team.client().secrets().list().getItems()).isEmpty();
        });
    }

    private static void dropComponent() {
        controlPlane.kubectl("delete", "clusterrolebinding", "collection-alias-operator-safe-deletion",
                "--ignore-not-found");
    }

    private void assertHomeIsLookedAfter() {
        atHome.point("products", "two");
        atHome.awaitReady("products", "two");
    }

    private void awaitTeamGone() {
        await("the namespace is gone").atMost(WITHIN_A_MINUTE).untilAsserted(
                () -> assertThat(team.client().namespaces().withName(team.name()).get()).as(this::leftovers).isNull());
    }

    private String leftovers() {
        return controlPlane.kubectl("-n", team.name(), "get", "calias,milvusconnections", "-o", "yaml").stdout();
    }
}
