package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A Milvus before 2.5.0 wipes the stored form of every alias whose name begins with the dropped one's (milvus#33288),
 * which shows when the server is started again. It also lets an alias dangle.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class NeighboursE2E {

    private static final String DATABASE = "default";
    /** One transaction of its etcd holds 128 operations. */
    private static final int MORE_THAN_A_DROP_CAN_HAVE = 130;

    private final MilvusServer milvus = new MilvusStandalone();
    private MilvusProxy proxy;
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private String namespace;
    private Path kubeconfig;
    private AliasObjects objects;
    private OperatorJvm operator;

    @BeforeAll
    void startMilvus(ControlPlane controlPlane) {
        milvus.start();
        proxy = new MilvusProxy(milvus);
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        create("one");
        create("two");
        kubeconfig = ShippedRole.kubeconfig(controlPlane);
    }

    @AfterAll
    void stopMilvus() {
        proxy.close();
        collections.close();
        aliases.close();
        milvus.close();
    }

    @BeforeEach
    void startOperator(TestNamespace testNamespace) {
        namespace = testNamespace.name();
        objects = new AliasObjects(testNamespace);
        objects.connection("default", "{uri: '%s', timeouts: {connect: 2s, rpc: 5s}}".formatted(proxy.uri()));
        operator = OperatorJvm.watching(namespace, kubeconfig);
    }

    @AfterEach
    void killOperator() {
        operator.close();
    }

    private void create(String collection) {
        collections.create(DATABASE, collection, 1);
        collections.load(DATABASE, collection);
    }

    @Test
    void neighboursOutliveADropAndARestartOfTheServer() {
        threeAliasesThatBeginAlike("p");

        objects.delete("p");
        objects.awaitGone("p");
        operator.kill(); // so that nothing but the drop itself can have mended them
        milvus.restart();

        assertThat(aliases.target("p")).isEmpty();
        assertNeighboursAreThere("p");
    }

    @Test
    void neighboursComeBackWhenTheOperatorIsKilledRightAfterTheDropAndThenTheServer() {
        threeAliasesThatBeginAlike("q");
        killOperatorOnceDropped("q");
        milvus.restart();
        assertThat(aliases.target("q_preview")).as("what the server has forgotten").isEmpty();

        operator = OperatorJvm.watching(namespace, kubeconfig);
        objects.awaitGone("q");

        assertThat(aliases.target("q")).isEmpty();
        objects.awaitReady("q-2", "two");
        assertNeighboursAreThere("q");
        operator.kill();
        milvus.restart();
        assertNeighboursAreThere("q");
    }

    @Test
    void neighboursAreMendedWhenTheOperatorIsKilledRightAfterTheDrop() {
        threeAliasesThatBeginAlike("r");
        killOperatorOnceDropped("r");

        operator = OperatorJvm.watching(namespace, kubeconfig);
        objects.awaitGone("r");
        operator.kill();
        milvus.restart();

        assertThat(aliases.target("r")).isEmpty();
        assertNeighboursAreThere("r");
    }

    /** Two have an object, the third was made by hand. */
    private void threeAliasesThatBeginAlike(String name) {
        objects.alias(name, "one");
        objects.alias(name + "_2", "two");
        objects.awaitReady(name, "one");
        objects.awaitReady(name + "-2", "two");
        aliases.create(name + "_preview", "one");
    }

    private void killOperatorOnceDropped(String name) {
        proxy.after("DropAlias", operator::kill);
        objects.delete(name);
        AliasObjects.await("the operator is killed", () -> assertThat(operator.isAlive()).isFalse());
        assertThat(aliases.target(name)).isEmpty();
        assertThat(objects.get(name).getStatus().neighbours()).extracting("alias").containsExactly(name + "_2",
                name + "_preview");
    }

    private void assertNeighboursAreThere(String name) {
        assertThat(aliases.target(name + "_2")).contains("two");
        assertThat(aliases.target(name + "_preview")).contains("one");
    }

    @Test
    void danglingAliasIsRepairedWhenItsCollectionIsMadeAnew() {
        create("rebuilt");
        objects.alias("dangling", "rebuilt");
        String id = objects.awaitReady("dangling", "rebuilt").getStatus().active().id();

        collections.drop(DATABASE, "rebuilt");
        objects.awaitReason("dangling", Reason.CollectionNotFound);
        create("rebuilt");

        objects.awaitReady("dangling", "rebuilt");
        assertThat(aliases.target("dangling")).contains("rebuilt");
        assertThat(objects.get("dangling").getStatus().active().id()).isNotEqualTo(id);
    }

    @Test
    void danglingAliasIsRepairedByPointingItElsewhere() {
        create("short_lived");
        objects.alias("dangling_too", "short_lived");
        objects.awaitReady("dangling-too", "short_lived");

        collections.drop(DATABASE, "short_lived");
        objects.point("dangling-too", "two");

        objects.awaitReady("dangling-too", "two");
        assertThat(aliases.target("dangling_too")).contains("two");
    }

    @Test
    void dropThatTheServerCanNeverDoSaysWhatToDo() {
        IntStream.range(0, MORE_THAN_A_DROP_CAN_HAVE).forEach(number -> aliases.create("many_" + number, "one"));
        objects.alias("many", "one");
        objects.awaitReady("many", "one");

        objects.delete("many");
        Condition ready = objects.awaitReason("many", Reason.DropFailed);

        assertThat(ready.message()).contains("deletionPolicy: Retain");
        assertThat(objects.condition("many", ConditionType.Stalled)).isPresent();
        assertThat(objects.condition("many", ConditionType.Reconciling)).isEmpty();

        objects.patchSpec("many", "{deletionPolicy: Retain}");
        objects.awaitGone("many");
        assertThat(aliases.target("many")).contains("one");
        assertThat(aliases.of("one")).contains("many_0", "many_" + (MORE_THAN_A_DROP_CAN_HAVE - 1));
    }
}
