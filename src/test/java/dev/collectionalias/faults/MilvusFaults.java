package dev.collectionalias.faults;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real Milvus whose process fails. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MilvusFaults {

    private static final String DATABASE = "default";
    private static final List<String> COLLECTIONS = List.of("blue", "green", "red");
    private static final Duration BETWEEN = Duration.ofSeconds(5);

    private final MilvusStandalone milvus = new MilvusStandalone();
    private MilvusAliases aliases;
    private OperatorJvm operator;
    private Load load;
    private Drill drill;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        milvus.start();
        aliases = new MilvusAliases(milvus);
        try (MilvusCollections collections = MilvusCollections.of(milvus)) {
            for (String collection : COLLECTIONS) {
                collections.create(DATABASE, collection, 0);
                collections.load(DATABASE, collection);
            }
        }
        AliasObjects objects = new AliasObjects(namespace);
        objects.connect(milvus);
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        Ledger ledger = new Ledger(objects, aliases::all);
        load = new Load(objects, ledger, new Load.Shape("milvus", 40, 10, COLLECTIONS, "refreshInterval: 5s"));
        load.applyAll();
        drill = new Drill(load, ledger, report);
    }

    @AfterAll
    void stop() {
        load.close();
        operator.close();
        aliases.close();
        milvus.close();
    }

    @Test
    void killedAndRestartedInTheMiddleOfSwitches() {
        drill.play(new Fault("Milvus killed and restarted", milvus::kill, Duration.ofSeconds(2), milvus::start), 3,
                BETWEEN);
    }
}
