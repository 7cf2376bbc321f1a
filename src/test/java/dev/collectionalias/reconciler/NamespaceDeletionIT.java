package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.SharedConnection;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever deletes a namespace deletes all that is in it at once, in any order, and it takes no Events any more. */
class NamespaceDeletionIT {

    /** The namespace controller looks again after up to ten seconds. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** One of its own, since an operator in cluster mode would meddle with what other tests do. */
    private static ControlPlane controlPlane;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private TestNamespace namespace;
    private AliasObjects objects;
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
    void aServerWithAPassword() {
        namespace = ControlPlaneExtension.anotherNamespace(controlPlane);
        objects = new AliasObjects(namespace);
        milvus.start();
        milvus.accounts().enableAuthorization();
        milvus.state().createCollection("default", "one");
        start();
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    private void start() {
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
    }

    /** A connection of the namespace, with the Secret beside it. */
    private void aliasesOnAConnection() {
        objects.secret("milvus", "token", milvus.token());
        objects.connection("default", "{uri: '%s', auth: {secretRef: {name: milvus}}}".formatted(milvus.uri()));
        aliases("connectionRef: {name: default}");
    }

    private void aliases(String connectionRef) {
        objects.aliasWith("products", "{alias: products, collection: one, %s}".formatted(connectionRef));
        objects.aliasWith("reviews", "{alias: reviews, collection: one, %s}".formatted(connectionRef));
        objects.aliasWith("archive",
                "{alias: archive, collection: one, deletionPolicy: Retain, %s}".formatted(connectionRef));
        for (String name : new String[]{"products", "reviews", "archive"}) {
            objects.awaitReady(name, "one");
        }
    }

    @Test
    void endsByItselfAndDropsTheAliases() {
        aliasesOnAConnection();

        Command.Outcome deleted = controlPlane.kubectl("delete", "namespace", namespace.name(),
                "--timeout=" + PATIENCE.toSeconds() + "s");

        assertThat(deleted.exitCode()).as(deleted.stderr() + leftovers()).isZero();
        assertOnlyTheRetainedOneIsLeft();
    }

    @Test
    void dropsTheAliasesThoughTheSecretWentFirst() {
        aliasesOnAConnection();
        milvus.faults().on(Rpc.DROP_ALIAS).fail(65535, "etcd is gone");

        deleteAllBut("products", "reviews");
        milvus.faults().clear();

        awaitNamespaceGone();
        assertOnlyTheRetainedOneIsLeft();
    }

    /** There is nothing left to drop them with, and nobody can bring it back. */
    @Test
    void leavesTheAliasesWhereTheOperatorIsRestartedWithoutTheSecret() {
        aliasesOnAConnection();
        milvus.faults().on(Rpc.DROP_ALIAS).fail(65535, "etcd is gone");
        deleteAllBut("products", "reviews");
        operator.close();
        milvus.faults().clear();

        start();

        awaitNamespaceGone();
        assertThat(milvus.state().listAliases("default", "")).containsExactlyInAnyOrder("archive", "products",
                "reviews");
    }

    @Test
    void dropsTheAliasesOfAClusterConnectionAfterARestart() {
        TestNamespace vault = ControlPlaneExtension.anotherNamespace(controlPlane);
        new AliasObjects(vault).secret("milvus", "token", milvus.token());
        SharedConnection shared = SharedConnection.create(controlPlane.client(), "of-" + namespace.name(),
                ("{uri: '%s', auth: {secretRef: {namespace: %s, name: milvus}}, "
                        + "allow: [{namespaces: ['%s'], databases: ['*'], aliasPattern: '*'}]}")
                        .formatted(milvus.uri(), vault.name(), namespace.name()));
        aliases("connectionRef: {kind: ClusterMilvusConnection, name: %s}".formatted(shared.name()));
        milvus.faults().on(Rpc.DROP_ALIAS).fail(65535, "etcd is gone");
        deleteAllBut("products", "reviews");
        operator.close();
        milvus.faults().clear();

        start();

        awaitNamespaceGone();
        assertOnlyTheRetainedOneIsLeft();
        shared.awaitReason(Reason.Connected);
    }

    /** Returns when nothing else is left of what may go at once. */
    private void deleteAllBut(String... aliases) {
        namespace.client().namespaces().withName(namespace.name()).delete();
        await("only these are left").atMost(PATIENCE).untilAsserted(() -> {
            assertThat(namespace.client().secrets().list().getItems()).isEmpty();
            assertThat(objects.all()).allSatisfy(alias -> assertThat(alias.isMarkedForDeletion()).isTrue())
                    .extracting(alias -> alias.getMetadata().getName()).containsExactlyInAnyOrder(aliases);
        });
    }

    private void awaitNamespaceGone() {
        await("the namespace is gone").atMost(PATIENCE).untilAsserted(() -> assertThat(
                namespace.client().namespaces().withName(namespace.name()).get()).as(this::leftovers).isNull());
    }

    private void assertOnlyTheRetainedOneIsLeft() {
        assertThat(milvus.state().listAliases("default", "")).containsExactly("archive");
    }

    private String leftovers() {
        return controlPlane.kubectl("-n", namespace.name(), "get", "calias,mconn", "-o", "yaml").stdout();
    }
}
