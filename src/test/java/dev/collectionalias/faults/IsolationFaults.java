package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A server that hangs is the trouble of its own aliases, and not of a thousand on another one. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
class IsolationFaults {

    private static final int ON_THE_HANGING_SERVER = 100;
    private static final int ON_THE_OTHER_SERVER = 1_000;
    private static final double SWITCHES_A_SECOND = 20;
    private static final Duration LASTS = Form.ofThisRun().choose(Duration.ofSeconds(15), Duration.ofMinutes(5));
    /** The other server hangs until this is over; on a machine with time to spare it takes two seconds. */
    private static final Duration NOT_STARVED = Duration.ofSeconds(20);

    private Scene hanging;
    private Scene other;
    private OperatorJvm operator;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        TestNamespace ofTheOther = ControlPlaneExtension.anotherNamespace(controlPlane);
        hanging = new Scene(namespace, "hanging", ON_THE_HANGING_SERVER, 5, "refreshInterval: 5s");
        other = new Scene(ofTheOther, "other", ON_THE_OTHER_SERVER, SWITCHES_A_SECOND, "refreshInterval: 5m");
        operator = OperatorJvm.watching(namespace.name() + "," + ofTheOther.name(),
                ShippedRole.kubeconfig(controlPlane));
        hanging.connect();
        other.connect();
        assertThat(other.ledger().settle(System.nanoTime(), Drill.PATIENCE).differences()).isEmpty();
    }

    @AfterEach
    void stop() {
        operator.close();
        hanging.close();
        other.close();
    }

    @Test
    void hangingServerStarvesNobodyElse(FaultReport report) {
        int before = other.load().operations();

        hanging.drill(report).play(new Fault("one of two Milvus hangs", () -> {
            hanging.milvus().faults().when(call -> true).hang();
            other.load().begin();
        }, LASTS, () -> {
            other.load().close();
            Settlement settlement = other.ledger().settle(System.nanoTime(), NOT_STARVED);
            report.add(new FaultReport.Row("another Milvus hangs", 1, other.load().operations() - before,
                    other.load().unacknowledged(), settlement));
            assertThat(settlement.differences()).as("while the server of others hangs").isEmpty();
            hanging.milvus().faults().clear();
        }), 1, Duration.ofSeconds(1));
    }
}
