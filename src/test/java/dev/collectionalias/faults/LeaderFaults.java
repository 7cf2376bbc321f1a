package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.OperatorLease;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two operators, of which the one that leads goes away, or seems to. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
class LeaderFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(5);
    private static final int LOST_THE_LEASE = 1;

    private Scene scene;
    private OperatorLease lease;
    private Replica first;
    private Replica second;
    private Drill drill;

    @BeforeEach
    void startTwo(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        scene = new Scene(namespace, "leader", 40, 10, "refreshInterval: 5m");
        lease = new OperatorLease(controlPlane.client());
        lease.forget();
        MilvusProxy wayOfTheFirst = new MilvusProxy(scene.milvus());
        first = new Replica("first", controlPlane, namespace.name(), wayOfTheFirst, "127.0.0.1");
        lease.awaitHolder(first.identity());
        second = new Replica("second", controlPlane, namespace.name(),
                wayOfTheFirst.beside(scene.milvus(), "127.0.0.2"), "127.0.0.2");
        scene.connect(wayOfTheFirst.uri(Replica.MILVUS));
        drill = scene.drill(report);
    }

    @AfterEach
    void stop() {
        scene.close();
        first.close();
        second.close();
    }

    private void awaitThatTheSecondLeads() {
        lease.awaitHolder(second.identity());
    }

    @Test
    void killed() {
        drill.play(new Fault("leader killed (kill -9), and nobody leads until its lease is over",
                first.operator()::kill, Duration.ZERO, this::awaitThatTheSecondLeads), 1, BETWEEN);
    }

    @Test
    void pausedForLongerThanItsLease() {
        drill.play(new Fault("leader paused in a switch for longer than its lease, and resumed", this::pauseInASwitch,
                Duration.ofSeconds(5), first.operator()::thaw), 1, BETWEEN, this::whatTheFirstDid);

        assertThat(first.writesSinceItSlept()).isEmpty();
    }

    private String whatTheFirstDid() {
        assertThat(first.operator().awaitExit()).isEqualTo(LOST_THE_LEASE);
        return "%d writes of the paused one".formatted(first.writesSinceItSlept().size());
    }

    /** Of this one switch and no other, so that nothing else is on its way at that moment. */
    private void pauseInASwitch() {
        scene.load().close();
        assertThat(scene.ledger().settle(System.nanoTime(), Drill.PATIENCE).differences()).isEmpty();
        CollectionAlias any = scene.objects().all().getFirst();
        first.sleepDuringItsNextSwitch();
        scene.ledger().applied(scene.objects().point(any.getMetadata().getName(),
                any.getSpec().collection().equals("red") ? "green" : "red"));
        Awaitility.await("the leader sleeps").until(first::sleeps);
        scene.load().begin();
        awaitThatTheSecondLeads();
    }
}
