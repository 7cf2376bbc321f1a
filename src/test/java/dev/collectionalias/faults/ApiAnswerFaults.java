package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.collectionalias.support.ApiFaults;
import dev.collectionalias.support.ApiProxy;
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

/** An API server that answers the operator what it would rather not hear. Users get what they ask for. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ApiAnswerFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(1);
    private static final Duration LASTS = Form.ofThisRun().choose(Duration.ofSeconds(6), Duration.ofMinutes(2));

    private final Scene scene;
    private final ApiProxy proxy;
    private final ApiFaults faults;
    private final OperatorJvm operator;
    private final Drill drill;

    ApiAnswerFaults(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        scene = new Scene(namespace, "answer", 40, 10, "refreshInterval: 5s");
        proxy = new ApiProxy(controlPlane, ShippedRole.kubeconfig(controlPlane));
        faults = proxy.faults();
        operator = OperatorJvm.watching(namespace.name(), proxy.kubeconfig());
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
        proxy.close();
    }

    @Test
    void watchesAreDropped() {
        drill.play(Fault.moment("all watches dropped", faults::dropWatches), Form.ofThisRun().choose(5, 50), BETWEEN);

        assertThat(faults.injected()).isPositive();
    }

    @Test
    void watchesAreRefusedSinceTheyBeginTooLongAgo() {
        play("watches answered 410 Gone", faults::refuseWatchesAsGone);
    }

    @Test
    void watchesEndSinceTheyBeganTooLongAgo() {
        play("watches ended by 410 Gone", faults::endWatchesAsGone);
    }

    @Test
    void everyoneElseWasFaster() {
        play("three of four changes answered 409 Conflict", faults::conflicts);
    }

    @Test
    void tooManyRequests() {
        play("three of four requests answered 429 Too Many Requests", faults::tooManyRequests);
    }

    @Test
    void slow() {
        play("API server takes 2 s for an answer", () -> faults.slow(Duration.ofSeconds(2)));
    }

    private void play(String kind, Runnable inject) {
        long before = faults.injected();

        drill.play(new Fault(kind, inject, LASTS, faults::clear), 1, BETWEEN);

        assertThat(faults.injected()).as("requests that met the fault").isGreaterThan(before);
    }
}
