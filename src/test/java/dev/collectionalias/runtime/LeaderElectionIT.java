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
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.client.KubernetesClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two replicas, of which one acts. */
@ExtendWith(ControlPlaneExtension.class)
class LeaderElectionIT {

    private static final String LEASE_NAMESPACE = "collection-alias-system";
    /** What the JVM ends with after SIGTERM. */
    private static final int TERMINATED = 143;
    private static final int LOST_THE_LEASE = 1;
    /** The other one asks every two seconds; the lease itself lasts fifteen. */
    private static final Duration HANDED_OVER_WITHIN = Duration.ofSeconds(10);
    private static final Duration LEASE_LASTS = Duration.ofSeconds(15);

    private final InProcessMilvus milvus = new InProcessMilvus();
    private KubernetesClient client;
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
        client = controlPlane.client();
        namespace = testNamespace.name();
        kubeconfig = ShippedRole.kubeconfig(controlPlane);
        // What the test before left: a killed leader's lease would have to expire first.
        client.leases().inNamespace(LEASE_NAMESPACE).withName("collection-alias-operator").delete();
        objects = new AliasObjects(testNamespace);
        objects.connect(milvus);
        proxyOfTheFirst = new ApiProxy(controlPlane, kubeconfig);
        first = start("first", proxyOfTheFirst.kubeconfig());
        awaitHolder("first");
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
                LEASE_NAMESPACE, "POD_NAME", identity, "PAGE_PORT", "0")).awaitReady();
    }

    private String holder() {
        Lease lease = client.leases().inNamespace(LEASE_NAMESPACE).withName("collection-alias-operator").get();
        return lease == null ? null : lease.getSpec().getHolderIdentity();
    }

    private void awaitHolder(String identity) {
        AliasObjects.await(identity + " holds the lease", () -> assertThat(holder()).isEqualTo(identity));
    }

    @Test
    void stoppedLeaderHandsOverAtOnce() {
        int exitCode = first.stop();

        assertThat(exitCode).isEqualTo(TERMINATED);
        assertThat(holder()).as("released, or taken already").isNotEqualTo("first");
        Instant stopped = Instant.now();
        objects.point("products", "two");
        objects.awaitReady("products", "two");
        assertThat(Duration.between(stopped, Instant.now())).isLessThan(HANDED_OVER_WITHIN);
        assertThat(holder()).isEqualTo("second");
        assertThat(second.body("/metrics")).contains("collectionalias_operator_leading 1", "collectionalias_ready{");
    }

    @Test
    void standbyWaitsForItsTurnAndStopsCleanly() {
        assertThat(second.status("/readyz")).isEqualTo(200);
        assertThat(holder()).isEqualTo("first");
        // Whoever adds up the metrics of both must not count an alias twice.
        assertThat(first.body("/metrics")).contains("collectionalias_operator_leading 1", "collectionalias_ready{");
        assertThat(second.body("/metrics")).contains("collectionalias_operator_leading 0")
                .doesNotContain("collectionalias_ready{", "milvus_");

        // Whoever looks at the wrong one must not believe that there are no aliases.
        assertThat(first.pageBody()).contains(namespace + "/products", "1 alias");
        assertThat(second.pageBody()).contains("This pod does not lead", "-n " + LEASE_NAMESPACE);

        assertThat(second.stop()).isEqualTo(TERMINATED);

        assertThat(holder()).isEqualTo("first");
        assertThat(first.isAlive()).isTrue();
        objects.point("products", "two");
        objects.awaitReady("products", "two");
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
        assertThat(holder()).isEqualTo("second");
    }

    @Test
    void leaderThatSleptThroughItsLeaseWritesNothingAndEnds() {
        first.freeze();
        awaitHolder("second");
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
        assertThat(holder()).isEqualTo("second");
        assertThat(milvus.state().target(MilvusState.DEFAULT_DATABASE, "products")).contains("three");
    }
}
