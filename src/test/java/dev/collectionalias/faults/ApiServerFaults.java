package dev.collectionalias.faults;

import java.time.Duration;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** An API server whose processes fail. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiServerFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(3);

    private final ControlPlane controlPlane;
    private final Scene scene;
    private final OperatorJvm operator;
    private final Drill drill;

    ApiServerFaults(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        this.controlPlane = controlPlane;
        scene = new Scene(namespace, "api", 40, 10, "refreshInterval: 5s");
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        drill = scene.drill(report);
    }

    @BeforeAll
    void connect() {
        scene.connect();
    }

    @AfterAll
    void stop() {
        scene.close();
        operator.close();
    }

    @Test
    void killedAndRestarted() {
        drill.play(new Fault("API server killed and restarted", controlPlane::stopApiServer, Duration.ofSeconds(2),
                controlPlane::startApiServer), Form.ofThisRun().choose(2, 10), BETWEEN);
    }

    /** Longer than clients wait for an answer. */
    @Test
    void etcdHangs() {
        drill.play(new Fault("etcd paused", controlPlane::pauseEtcd, Duration.ofSeconds(12), controlPlane::resumeEtcd),
                Form.ofThisRun().choose(1, 5), BETWEEN);
    }
}
