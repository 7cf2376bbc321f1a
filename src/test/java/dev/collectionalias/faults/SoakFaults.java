package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.OperatorUsage;
import dev.collectionalias.support.Scrape;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** Nothing fails, for long: what an operator holds on to does not become more. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@EnabledIfSystemProperty(named = "faults.long", matches = "true", disabledReason = "the long form only")
class SoakFaults {

    private static final double CHANGES_PER_SECOND = 10;
    /** May be shorter, to try it. */
    private static final KubernetesDuration LASTS = KubernetesDuration.of(System.getProperty("faults.soak", "30m"));
    /** Until everything has happened once, and each object has as long a history as it may have. */
    private static final Duration WARM_UP = LASTS.value().dividedBy(4);
    private static final int ALIASES = 40;
    private static final double HEAP_GROWTH = 1.1;
    /** Connections that are opened when several calls meet. */
    private static final long A_FEW = 5;

    private Scene scene;
    private OperatorJvm operator;
    private FaultReport report;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace, FaultReport reportOfTheRun) {
        report = reportOfTheRun;
        scene = new Scene(namespace, "soak", ALIASES, CHANGES_PER_SECOND, "refreshInterval: 30s");
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        scene.connect();
    }

    @AfterEach
    void stop() {
        scene.close();
        operator.close();
    }

    @Test
    void holdsOnToNothing() {
        work(WARM_UP);
        OperatorUsage before = OperatorUsage.of(operator);

        Settlement settlement = work(LASTS.value().minus(WARM_UP));

        OperatorUsage after = OperatorUsage.of(operator);
        report.add(new FaultReport.Row("none, for " + LASTS, 0, scene.load().operations(),
                scene.load().unacknowledged(), settlement, "%s, then %s".formatted(before, after)));
        assertThat(settlement.differences()).isEmpty();
        assertThat(after.heapKib()).as("heap").isLessThan((long) (before.heapKib() * HEAP_GROWTH));
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + A_FEW);
        assertThat(after.fileDescriptors()).as("file descriptors")
                .isLessThanOrEqualTo(before.fileDescriptors() + A_FEW);
        assertThat(after.series()).as("series").isLessThanOrEqualTo(before.series() + A_FEW);
        assertThat(objectsWithSeries()).as("objects with series").isEqualTo(objects());
    }

    private Settlement work(Duration time) {
        scene.load().begin();
        Drill.letPass(time);
        scene.load().close();
        return scene.ledger().settle(System.nanoTime(), Drill.PATIENCE);
    }

    private Set<String> objects() {
        return scene.objects().all().stream().map(object -> object.getMetadata().getName())
                .collect(Collectors.toSet());
    }

    private Set<String> objectsWithSeries() {
        return Scrape.of(operator.body("/metrics")).with("namespace=\"%s\"".formatted(scene.namespace())).stream()
                .map(series -> series.labels().get("name")).collect(Collectors.toSet());
    }
}
