package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ApiProxy;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.ShiftedClock;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import dev.collectionalias.support.WallClock;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A clock that somebody sets, while switches wait, are verified and are confirmed. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
class ClockFaults {

    private static final int RATE_LIMIT = 8;
    private static final Duration BETWEEN = Duration.ofSeconds(4);
    /** More than two refresh intervals, and than it takes to confirm a switch. */
    private static final Duration A_WHILE = Duration.ofSeconds(12);

    private Scene scene;
    private Drill drill;

    @BeforeEach
    void start(TestNamespace namespace, FaultReport report) {
        scene = new Scene(namespace, "clock", 40, 10, "refreshInterval: 5s, cutover: {verify: {for: 2s}}");
        drill = scene.drill(report);
    }

    @AfterEach
    void stop() {
        scene.close();
    }

    /** What the operator decides by. */
    @Test
    void clockOfTheDecisions(ControlPlane controlPlane) {
        ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
        try (OperatorUnderTest operator = OperatorUnderTest.start(controlPlane, scene.namespace(), clock)) {
            play("clock of the decisions", clock::putForward);
        }
    }

    /** What all that it is made of goes by. Certificates would not be valid for some of it, and so there are none. */
    @Test
    void wallClockOfTheProcess(ControlPlane controlPlane) {
        WallClock clock = new WallClock();
        Map<String, String> environment = new HashMap<>(clock.environment());
        environment.putAll(Map.of("WATCH_NAMESPACES", scene.namespace(), "LEADER_ELECTION", "false"));
        try (ApiProxy proxy = new ApiProxy(controlPlane, ShippedRole.kubeconfig(controlPlane));
                OperatorJvm operator = OperatorJvm.start(proxy.kubeconfig(), environment).awaitReady()) {
            play("wall clock of the process", clock::putForward);
        }
    }

    private void play(String clock, Consumer<Duration> putForward) {
        scene.connect();
        drill.play(new Fault(clock + " put forward by 3 h, then back by 5 h",
                () -> putForward.accept(Duration.ofHours(3)), Duration.ofSeconds(4), () -> {
                    // Some switches back off at this moment.
                    scene.milvus().faults().on(Rpc.ALTER_ALIAS).times(10).fail(RATE_LIMIT, "request is rejected");
                    putForward.accept(Duration.ofHours(-5));
                }), Form.ofThisRun().choose(1, 20), BETWEEN);

        assertAllConfirmed();
        assertNothingIsRepeated();
        assertDriftIsSeen();
    }

    private void assertAllConfirmed() {
        AliasObjects.await("all switches are confirmed", () -> assertThat(scene.objects().all())
                .extracting(object -> object.getStatus().active().confirmed()).containsOnlyNulls());
    }

    private void assertNothingIsRepeated() {
        List<String> versions = versions();
        scene.milvus().journal().clear();

        Awaitility.await("nothing is repeated").during(A_WHILE).atMost(A_WHILE.multipliedBy(2))
                .pollInterval(Duration.ofSeconds(1)).untilAsserted(() -> {
                    assertThat(scene.milvus().journal().writes()).isEmpty();
                    assertThat(versions()).isEqualTo(versions);
                });
    }

    private List<String> versions() {
        return scene.objects().all().stream().map(object -> object.getMetadata().getResourceVersion()).toList();
    }

    private void assertDriftIsSeen() {
        CollectionAlias any = scene.objects().all().getFirst();
        String alias = any.getSpec().alias();
        String elsewhere = any.getSpec().collection().equals("red") ? "green" : "red";
        scene.milvus().state().setAlias(MilvusState.DEFAULT_DATABASE, alias, elsewhere);

        AliasObjects.await("the drift is corrected",
                () -> assertThat(scene.milvus().state().target(MilvusState.DEFAULT_DATABASE, alias))
                        .contains(any.getSpec().collection()));
    }
}
