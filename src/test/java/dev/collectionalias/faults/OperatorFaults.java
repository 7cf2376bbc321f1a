package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.Scrape;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** An operator whose process ends at any moment, and is started again as the kubelet does. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
class OperatorFaults {

    private static final int KILLS = Form.ofThisRun().choose(18, 200);
    private static final int SWITCHES = 500;
    /** Enough for the objects that there are at first. */
    private static final List<String> SMALL_HEAP = List.of("-Xms32m", "-Xmx32m", "-Xmn10m");
    private static final int MOST_LARGE_OBJECTS = 100;
    private static final String SIZE = "example.com/size";
    private static final String LARGE = "x".repeat(250_000);
    /** What ExitOnOutOfMemoryError ends with. */
    private static final int OUT_OF_MEMORY = 3;

    private static final long MOST_WORK_MILLIS = 1500;

    /** Seeded, so that two runs are killed at the same moments. */
    private final Random random = new Random(235);
    private final List<String> enlarged = new ArrayList<>();
    private Scene scene;
    private Path kubeconfig;
    private OperatorJvm operator;
    private Drill drill;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        kubeconfig = ShippedRole.kubeconfig(controlPlane);
        scene = new Scene(namespace, "operator", 60, 20, "refreshInterval: 5s");
        drill = scene.drill(report);
        scene.connect();
    }

    @AfterEach
    void stop() {
        scene.close();
        if (operator != null) {
            operator.close();
        }
    }

    private void startOperator() {
        startOperator(List.of());
    }

    private void startOperator(List<String> options) {
        operator = OperatorJvm.start(options, kubeconfig,
                Map.of("WATCH_NAMESPACES", scene.namespace(), "LEADER_ELECTION", "false")).awaitReady();
    }

    @Test
    void killedAgainAndAgain() {
        startOperator();

        drill.play(new Fault("operator killed (kill -9)", this::killAtWork, Duration.ZERO, this::startOperator), KILLS,
                Duration.ZERO);

        assertThat(scene.load().operations()).isGreaterThan(SWITCHES);
    }

    /** One that has not changed anything yet has nothing to lose. */
    private void killAtWork() {
        Awaitility.await("a change").atMost(Drill.PATIENCE).until(() -> Scrape.of(operator.body("/metrics"))
                .value("collectionalias_switch_total", "result=\"done\"").orElse(0) > 0);
        Drill.letPass(Duration.ofMillis(random.nextLong(MOST_WORK_MILLIS)));
        operator.kill();
    }

    /** The objects outgrow the heap; it has to end then, and to go on when they are small again. */
    @Test
    void outOfHeap() {
        startOperator(SMALL_HEAP);

        drill.play(new Fault("operator out of heap", this::growObjects, Duration.ZERO, () -> {
            shrinkObjects();
            startOperator(SMALL_HEAP);
        }), 1, Duration.ofSeconds(3));
    }

    private void growObjects() {
        for (int number = 0; number < MOST_LARGE_OBJECTS && operator.isAlive(); number++) {
            String name = "enlarged-%05d".formatted(number);
            enlarged.add(name);
            scene.ledger().applied(scene.objects().create(name,
                    "{alias: %s, collection: red}".formatted(name.replace('-', '_'))));
            scene.objects().annotate(name, SIZE, LARGE);
        }
        assertThat(operator.awaitExit()).isEqualTo(OUT_OF_MEMORY);
    }

    private void shrinkObjects() {
        enlarged.forEach(name -> scene.objects().annotate(name, SIZE, "small"));
    }
}
