package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whoever deletes or prunes the CRDs deletes every object, and may not have meant one alias. */
class KindDeletionIT {

    private static final String ALIASES = "collectionaliases.collectionalias.dev";
    private static final String CONNECTIONS = "milvusconnections.collectionalias.dev";
    private static final String CLUSTER_CONNECTIONS = "clustermilvusconnections.collectionalias.dev";

    /** An informer whose kind is gone asks for it ever more rarely. */
    private static final Duration UNTIL_KINDS_ARE_SEEN_AGAIN = Duration.ofSeconds(60);

    private static ControlPlane controlPlane;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private AliasObjects objects;
    private OperatorUnderTest operator;

    @BeforeAll
    static void aClusterOfItsOwn() {
        controlPlane = ControlPlaneExtension.another();
    }

    @AfterAll
    static void stopTheCluster() {
        controlPlane.close();
    }

    @BeforeEach
    void start() {
        TestNamespace namespace = ControlPlaneExtension.anotherNamespace(controlPlane);
        objects = new AliasObjects(namespace);
        milvus.start();
        milvus.state().createCollection("default", "one");
        operator = OperatorUnderTest.startInClusterMode(controlPlane);
        objects.connect(milvus);
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
        controlPlane.applyCrds();
    }

    @Test
    void leavesEveryAliasInMilvus() {
        List<String> names = aliases(100);

        delete(ALIASES, CONNECTIONS, CLUSTER_CONNECTIONS);

        assertThat(milvus.state().listAliases("default", "")).containsExactlyInAnyOrderElementsOf(names);
        assertComesBack(names.getFirst());
    }

    @Test
    void leavesEveryAliasThoughTheOperatorWasPrunedTooAndIsInstalledAgain() {
        List<String> names = aliases(3);
        operator.close();
        controlPlane.kubectl("delete", "crd", ALIASES, CONNECTIONS, CLUSTER_CONNECTIONS, "--wait=false");
        AliasObjects.await("the objects are being deleted",
                () -> assertThat(objects.all()).hasSize(3).allMatch(alias -> alias.isMarkedForDeletion()));

        // The one without objects goes, and can be made again; the others can't before they are gone.
        delete(CLUSTER_CONNECTIONS);
        controlPlane.applyCrds();
        operator = OperatorUnderTest.startInClusterMode(controlPlane);

        delete(ALIASES, CONNECTIONS, CLUSTER_CONNECTIONS);
        assertThat(milvus.state().listAliases("default", "")).containsExactlyInAnyOrderElementsOf(names);
        assertComesBack(names.getFirst());
    }

    @Test
    void ofTheConnectionsAloneLeavesTheAliasesUnderManagementAgain() {
        String name = aliases(1).getFirst();

        delete(CONNECTIONS, CLUSTER_CONNECTIONS);

        objects.awaitReason(name, Reason.ConnectionNotFound);
        assertThat(milvus.state().listAliases("default", "")).containsExactly(name);
        controlPlane.applyCrds();
        objects.connect(milvus);
        Awaitility.await().atMost(UNTIL_KINDS_ARE_SEEN_AGAIN).untilAsserted(() -> objects.awaitReady(name, "one"));
        objects.delete(name);
        objects.awaitGone(name);
        assertThat(milvus.state().listAliases("default", "")).as("what somebody deletes is dropped").isEmpty();
    }

    @Test
    void ofTheAliasesAloneKeepsNoConnection() {
        String name = aliases(1).getFirst();

        delete(ALIASES);
        objects.connection("default").delete();

        AliasObjects.await("the connection is gone", () -> assertThat(objects.connection("default").get()).isNull());
        assertThat(milvus.state().listAliases("default", "")).containsExactly(name);
    }

    private List<String> aliases(int count) {
        List<String> names = new ArrayList<>(IntStream.range(0, count).mapToObj("alias%d"::formatted).toList());
        names.forEach(name -> objects.alias(name, "one"));
        names.forEach(name -> objects.awaitReady(name, "one"));
        return names;
    }

    /** Returns when they are gone; one that is gone already is fine. */
    private static void delete(String... definitions) {
        List<String> line = new ArrayList<>(List.of("delete", "crd", "--ignore-not-found", "--timeout=60s"));
        line.addAll(List.of(definitions));
        Command.Outcome deleted = controlPlane.kubectl(line.toArray(String[]::new));
        assertThat(deleted.exitCode()).as(deleted.stderr()).isZero();
    }

    /** With the operator that saw the kinds go. */
    private void assertComesBack(String name) {
        controlPlane.applyCrds();
        milvus.journal().clear();
        objects.connect(milvus);
        objects.alias(name, "one");
        Awaitility.await().atMost(UNTIL_KINDS_ARE_SEEN_AGAIN).untilAsserted(() -> objects.awaitReady(name, "one"));
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }
}
