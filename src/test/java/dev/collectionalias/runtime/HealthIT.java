package dev.collectionalias.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Faults;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What a kubelet and a Prometheus see of the operator, and what a stop leaves behind. */
@ExtendWith(ControlPlaneExtension.class)
class HealthIT {

    private static final int OK = 200;
    /** What the JVM ends with after SIGTERM. */
    private static final int TERMINATED = 143;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private AliasObjects objects;
    private OperatorJvm operator;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        for (String collection : List.of("one", "two")) {
            milvus.state().createCollection(MilvusState.DEFAULT_DATABASE, collection);
            milvus.state().load(MilvusState.DEFAULT_DATABASE, collection);
        }
        objects = new AliasObjects(namespace);
        objects.connect(milvus);
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        objects.alias("products", "one");
        objects.awaitReady("products", "one");
    }

    @AfterEach
    void stop() {
        operator.close();
        milvus.close();
    }

    /** A restart would not bring the API server back, and would lose the clients' connections on top. */
    @Test
    void staysAliveWhileTheApiServerIsDownAndGoesOnAfterwards(ControlPlane controlPlane) {
        controlPlane.stopApiServer();
        try {
            Awaitility.await("alive").during(Duration.ofSeconds(3)).atMost(Duration.ofSeconds(10))
                    .until(() -> operator.status("/livez") == OK);
        } finally {
            controlPlane.startApiServer();
        }
        assertThat(operator.isAlive()).isTrue();
        assertThat(operator.status("/readyz")).isEqualTo(OK);

        objects.point("products", "two");
        objects.awaitReady("products", "two");
    }

    /** Argo CD can be told to ignore what a manager wrote, and people ask who wrote what. */
    @Test
    void writesUnderItsOwnName() {
        assertThat(objects.get("products").getMetadata().getManagedFields()).filteredOn(
                entry -> "status".equals(entry.getSubresource())
                        || entry.getFieldsV1().toString().contains("finalizers"))
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.getManager()).isEqualTo("collection-alias-operator"));
    }

    @Test
    void showsMetricsOfTheControllersAndOfTheJvm() {
        assertThat(operator.body("/metrics")).contains("operator_sdk_reconciliations_started_total",
                "operator_sdk_reconciliations_executions_collectionalias", "jvm_memory_used_bytes",
                "process_uptime_seconds");
    }

    @Test
    void switchInFlightIsFinishedAndReportedBeforeTheProcessEnds() {
        Faults.Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).hang();
        objects.point("products", "two");
        hang.awaitCall();

        CompletableFuture<Integer> exit = operator.stopping();
        Awaitility.await("it stops").until(() -> operator.status("/readyz") != OK);
        // Nothing but the call in flight keeps it from ending.
        Awaitility.await("it waits").during(Duration.ofSeconds(1)).atMost(Duration.ofSeconds(5))
                .until(operator::isAlive);
        assertThat(operator.status("/livez")).isEqualTo(OK);
        hang.close();

        assertThat(exit.join()).isEqualTo(TERMINATED);
        assertThat(milvus.state().target(MilvusState.DEFAULT_DATABASE, "products")).contains("two");
        objects.awaitReady("products", "two"); // there is nobody left to write it now
        assertThat(objects.get("products").getStatus().history()).extracting("cause").containsExactly("SpecChanged",
                "Created");
    }
}
