package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ApiProxy;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.OperatorLease;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas, of which one acts. */
@ExtendWith(ControlPlaneExtension.class)
class LeaderElectionIT {

    /** What the JVM ends with after SIGTERM. */
    private static final int TERMINATED = 143;
    private static final int LOST_THE_LEASE = 1;
    /** The other one asks every second or so; the lease itself lasts fifteen. */
    private static final Duration HANDED_OVER_WITHIN = Duration.ofSeconds(10);
    private static final Duration LEASE_LASTS = Duration.ofSeconds(15);

    private final InProcessMilvus milvus = new InProcessMilvus();
    private OperatorLease lease;
    private AliasObjects objects;
    private String namespace;
    private Path kubeconfig;
    private ApiProxy proxyOfTheFirst;
    private OperatorJvm first;
    private OperatorJvm second;

    @BeforeEach
    void startTwo(ControlPlane controlPlane, TestNamespace testNamespace) {
        milvus.start();
        for (String collection : List.of("one", "two", "three")) {
            milvus.state().createCollection(MilvusState.DEFAULT_DATABASE, collection);
            milvus.state().load(MilvusState.DEFAULT_DATABASE, collection);
        }
        lease = new OperatorLease(controlPlane.client());
        namespace = testNamespace.name();
        kubeconfig = ShippedRole.kubeconfig(controlPlane);
        lease.forget();
        objects = new AliasObjects(testNamespace);
        objects.connect(milvus);
        proxyOfTheFirst = new ApiProxy(controlPlane, kubeconfig);
        first = start("first", proxyOfTheFirst.kubeconfig());
        lease.awaitHolder("first");
        second = start("second", kubeconfig);
        objects.alias("products", "one");
        objects.awaitReady("products", "one");
        // Whoever is frozen before that tells it when it wakes up.
        objects.awaitEvent("products", Reason.AliasCreated, "created alias products at one");
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        proxyOfTheFirst.close();
        milvus.close();
    }

    private OperatorJvm start(String identity, Path as) {
        return OperatorJvm.start(as, Map.of("WATCH_NAMESPACES", namespace, "LEADER_ELECTION", "true", "POD_NAMESPACE",
                OperatorLease.NAMESPACE, "POD_NAME", identity, "PAGE_PORT", "0")).awaitReady();
    }

    @Test
    void stoppedLeaderHandsOverAtOnce() {
        int exitCode = first.stop();

        assertThat(exitCode).isEqualTo(TERMINATED);
        assertThat(lease.holder()).as("released, or taken already").isNotEqualTo("first");
        Instant stopped = Instant.now();
        objects.point("products", "two");
        objects.awaitReady("products", "two");
        assertThat(Duration.between(stopped, Instant.now())).isLessThan(HANDED_OVER_WITHIN);
        assertThat(lease.holder()).isEqualTo("second");
        assertThat(second.body("/metrics")).contains("collectionalias_operator_leading 1", "collectionalias_ready{");
    }

    @Test
    void standbyWaitsForItsTurnAndStopsCleanly() {
        assertThat(second.status("/readyz")).isEqualTo(200);
        assertThat(lease.holder()).isEqualTo("first");
        // Whoever adds up the metrics of both must not count an alias twice.
        assertThat(first.body("/metrics")).contains("collectionalias_operator_leading 1", "collectionalias_ready{");
        assertThat(second.body("/metrics")).contains("collectionalias_operator_leading 0")
                .doesNotContain("collectionalias_ready{", "milvus_");
        // Whoever wonders why it does nothing.
        assertThat(second.body("/metrics")).contains("collectionalias_operator_leader_info{holder=\"first\"} 1");
        assertThat(first.body("/metrics")).contains("collectionalias_operator_leader_info{holder=\"first\"} 1");
        assertThat(second.tail()).contains("first leads").doesNotContain("second leads");

        // Whoever looks at the wrong one must not believe that there are no aliases.
        assertThat(first.pageBody()).contains(namespace + "/products", "1 alias");
        assertThat(second.pageBody()).contains("This pod does not lead", "-n " + OperatorLease.NAMESPACE);

        assertThat(second.stop()).isEqualTo(TERMINATED);

        assertThat(lease.holder()).isEqualTo("first");
        assertThat(first.isAlive()).isTrue();
        objects.point("products", "two");
        objects.awaitReady("products", "two");
    }

    @Test
    void leaderGoesOnWhenItsFirstLeaseWouldBeOver() {
        Instant over = lease.renewed().plus(LEASE_LASTS);
        AliasObjects.await("renewed again and again", () -> assertThat(lease.renewed()).isAfter(over));

        objects.point("products", "two");
        objects.awaitReady("products", "two");
        assertThat(lease.holder()).isEqualTo("first");
    }

    @Test
    void killedLeaderIsReplacedWhenItsLeaseIsOver() {
        Instant killed = Instant.now();
        first.kill();
        objects.point("products", "two");

        objects.awaitReady("products", "two");

        assertThat(Duration.between(killed, Instant.now())).isBetween(Duration.ofSeconds(5),
                LEASE_LASTS.plusSeconds(10));
        assertThat(milvus.journal().of(Rpc.ALTER_ALIAS)).hasSize(1);
        assertThat(lease.holder()).isEqualTo("second");
    }

    @Test
    void leaderThatSleptThroughItsLeaseWritesNothingAndEnds() {
        first.freeze();
        lease.awaitHolder("second");
        objects.point("products", "two");
        objects.awaitReady("products", "two");
        // When it wakes up, what it has seen last says that this is a drift to be corrected.
        objects.point("products", "three");
        objects.awaitReady("products", "three");
        int writesBefore = proxyOfTheFirst.writes().size();
        milvus.journal().clear();

        first.thaw();

        assertThat(first.awaitExit()).isEqualTo(LOST_THE_LEASE);
        assertThat(proxyOfTheFirst.writes().stream().skip(writesBefore)).allMatch(write -> write.contains("leases/"));
        assertThat(milvus.journal().aliasWrites()).isEmpty();
        assertThat(lease.holder()).isEqualTo("second");
        assertThat(milvus.state().target(MilvusState.DEFAULT_DATABASE, "products")).contains("three");
    }
}
