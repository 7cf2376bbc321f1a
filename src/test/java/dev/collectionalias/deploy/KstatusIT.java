package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Conditions;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.Kstatus;
import dev.collectionalias.support.Kubectl;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** What Flux, and whoever else goes by kstatus, makes of objects as a real API server has them, before and after an operator looks. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class KstatusIT {

    private static final ObjectMapper JSON = new ObjectMapper();
    /** That of a new object. */
    private static final long GENERATION = 1;

    private List<JsonNode> created;

    @BeforeAll
    void createOneOfEachKind(ControlPlane controlPlane, TestNamespace namespace) throws IOException {
        Kubectl kubectl = new Kubectl(controlPlane, namespace.name());
        kubectl.apply(Kubectl.example("alias.yaml"));
        kubectl.apply(Kubectl.example("connection.yaml"));
        kubectl.apply(Kubectl.example("cluster-connection.yaml"));
        JsonNode list = JSON.readTree(kubectl.run("get", "collectionaliases,milvusconnections,clustermilvusconnections",
                "-o", "json"));
        created = StreamSupport.stream(list.get("items").spliterator(), false).toList();
        assertThat(created).map(object -> object.get("kind").asText()).containsExactly("CollectionAlias",
                "MilvusConnection", "ClusterMilvusConnection");
    }

    /** It is in no namespace, and other tests would see it. */
    @AfterAll
    void removeTheClusterConnection(ControlPlane controlPlane) {
        controlPlane.client().resources(ClusterMilvusConnection.class).delete();
    }

    @Test
    void aNewObjectIsInProgressUntilAnOperatorHasLookedAtIt() {
        assertThat(Kstatus.of(created)).containsExactly("InProgress", "InProgress", "InProgress");
    }

    @Test
    void whatIsReadyIsCurrent() {
        assertThat(reported(conditions -> conditions.ready(Reason.InSync, "all is well"))).containsOnly("Current");
    }

    @Test
    void whatIsWaitedForIsInProgress() {
        assertThat(reported(conditions -> conditions.reconciling(Reason.CollectionNotFound, "no such collection")))
                .containsOnly("InProgress");
    }

    @Test
    void whatSomebodyHasToChangeIsFailed() {
        assertThat(reported(conditions -> conditions.stalled(Reason.GatesFailed, "another dimension")))
                .containsOnly("Failed");
    }

    @Test
    void whatIsSuspendedIsCurrentOnlyIfItWasReady() {
        assertThat(reported(conditions -> conditions.suspended("spec.suspend is true"))).containsOnly("InProgress");
        assertThat(reported(conditions -> conditions.ready(Reason.InSync, "all is well")
                .suspended("spec.suspend is true"))).containsOnly("Current");
    }

    @Test
    void aReportOnAnOlderSpecIsNoNewsOfThisOne() {
        assertThat(kstatus(GENERATION - 1, conditions -> conditions.ready(Reason.InSync, "all is well")))
                .containsOnly("InProgress");
    }

    private List<String> reported(UnaryOperator<Conditions> report) {
        return kstatus(GENERATION, report);
    }

    /** Of the objects once the operator has said so of a generation. */
    private List<String> kstatus(long generation, UnaryOperator<Conditions> report) {
        Conditions conditions = report.apply(Conditions.of(List.of(), generation, Instant.EPOCH));
        JsonNode status = new KubernetesSerialization().convertValue(
                new MilvusConnectionStatus(generation, null, null, null, conditions.toList()), JsonNode.class);
        return Kstatus.of(created.stream().map(object -> object.<ObjectNode>deepCopy().<JsonNode>set("status", status))
                .toList());
    }
}
