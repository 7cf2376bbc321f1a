package dev.collectionalias.faults;

import java.time.Duration;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Milvus that goes away, comes back, and forgets. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MilvusFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final MilvusStandalone milvus = new MilvusStandalone();
    private MilvusScene<MilvusStandalone> scene;
    private OperatorJvm operator;
    private Drill drill;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        milvus.start();
        scene = new MilvusScene<>(milvus, MilvusCollections.of(milvus), namespace,
                new Load.Shape("milvus", 40, 10, MilvusScene.COLLECTIONS, "refreshInterval: 5s"));
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        drill = scene.drill(report);
        scene.connect();
    }

    @AfterAll
    void stop() {
        operator.close();
        scene.close();
    }

    @Test
    void killedAndRestartedInTheMiddleOfSwitches() {
        drill.play(new Fault("Milvus killed and restarted", milvus::kill, Duration.ofSeconds(2), milvus::start),
                Form.ofThisRun().choose(2, 10), BETWEEN);
    }

    /** As where it was restored from a backup that is older than the aliases. */
    @Test
    void allAliasesLost() {
        drill.play(Fault.moment("Milvus lost its aliases",
                () -> scene.aliases().all().keySet().forEach(scene.aliases()::drop)), 2, BETWEEN);
    }

    @Test
    @EnabledIfSystemProperty(named = "faults.long", matches = "true", disabledReason = "the long form only")
    void goneForTenMinutes() {
        drill.play(new Fault("Milvus gone for 10 minutes", milvus::kill, Duration.ofMinutes(10), milvus::start), 1,
                BETWEEN);
    }
}
