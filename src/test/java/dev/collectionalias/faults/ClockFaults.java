package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.ShiftedClock;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A clock that somebody sets, while switches wait, are verified and are confirmed. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
class ClockFaults {

    private static final int RATE_LIMIT = 8;
    /** More than two refresh intervals, and than it takes to confirm a switch. */
    private static final Duration A_WHILE = Duration.ofSeconds(8);

    private final ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
    private Scene scene;
    private OperatorUnderTest operator;
    private Drill drill;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        scene = new Scene(namespace, "clock", 40, 10, "refreshInterval: 5s, cutover: {verify: {for: 2s}}");
        operator = OperatorUnderTest.start(controlPlane, namespace.name(), clock);
        drill = scene.drill(report);
        scene.connect();
    }

    @AfterEach
    void stop() {
        scene.close();
        operator.close();
    }

    @Test
    void putForwardAndBack() {
        drill.play(new Fault("clock put forward by 3 h, then back by 5 h", () -> put(Duration.ofHours(3)),
                Duration.ofSeconds(4), () -> put(Duration.ofHours(-5))), Form.ofThisRun().choose(2, 20),
                Duration.ofSeconds(4));

        assertAllConfirmed();
        assertNothingIsRepeated();
        assertDriftIsSeen();
    }

    /** Some switches back off at this moment. */
    private void put(Duration forward) {
        scene.milvus().faults().on(Rpc.ALTER_ALIAS).times(10).fail(RATE_LIMIT, "request is rejected");
        clock.putForward(forward);
    }

    private void assertAllConfirmed() {
        AliasObjects.await("all switches are confirmed", () -> assertThat(scene.objects().all())
                .extracting(object -> object.getStatus().active().confirmed()).containsOnlyNulls());
    }

    private void assertNothingIsRepeated() {
        List<String> versions = versions();
        scene.milvus().journal().clear();
        Drill.pause(A_WHILE);

        assertThat(scene.milvus().journal().writes()).isEmpty();
        assertThat(versions()).isEqualTo(versions);
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
