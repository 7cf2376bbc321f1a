package dev.collectionalias.faults;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIf;
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
    private MilvusProxy proxy;
    private Load near;
    private Load far;
    private Drill drill;
    private Drill behindTheProxy;

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
        proxy = new MilvusProxy(milvus);
        objects.connection("slow", "{uri: '%s', timeouts: {connect: 10s, rpc: 10s}}".formatted(proxy.uri()));
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
        Ledger ledger = new Ledger(objects, aliases::all);
        near = new Load(objects, ledger, new Load.Shape("near", 40, 10, COLLECTIONS, "refreshInterval: 5s"));
        far = new Load(objects, ledger, new Load.Shape("slow", 20, 4, COLLECTIONS,
                "refreshInterval: 5s, connectionRef: {name: slow}"));
        near.applyAll();
        far.applyAll();
        drill = new Drill(near, ledger, report);
        behindTheProxy = new Drill(far, ledger, report);
    }

    @AfterAll
    void stop() {
        near.close();
        far.close();
        operator.close();
        aliases.close();
        proxy.close();
        milvus.close();
    }

    @Test
    void killedAndRestartedInTheMiddleOfSwitches() {
        drill.play(new Fault("Milvus killed and restarted", milvus::kill, Duration.ofSeconds(2), milvus::start), 3,
                BETWEEN);
    }

    @Test
    void hungForLongerThanEveryDeadline() {
        drill.play(new Fault("Milvus hung (SIGSTOP)", milvus::freeze, Duration.ofSeconds(15), milvus::thaw), 2,
                BETWEEN);
    }

    @Test
    void secondsForEachCall() {
        behindTheProxy.play(new Fault("Milvus slow, 2 s a call", () -> proxy.slow(Duration.ofSeconds(2)),
                Duration.ofSeconds(20), () -> proxy.slow(Duration.ZERO)), 1, BETWEEN);
    }

    @Test
    void noWayToIt() {
        behindTheProxy.play(
                new Fault("Milvus unreachable for the operator", proxy::cut, Duration.ofSeconds(5), proxy::mend), 2,
                BETWEEN);
    }

    /** As where it was restored from a backup that is older than the aliases. */
    @Test
    void allAliasesLost() {
        drill.play(Fault.moment("Milvus lost its aliases", () -> aliases.all().keySet().forEach(aliases::drop)), 2,
                BETWEEN);
    }

    @Test
    @EnabledIf("isLong")
    void goneForTenMinutes() {
        drill.play(new Fault("Milvus gone for 10 minutes", milvus::kill, Duration.ofMinutes(10), milvus::start), 1,
                BETWEEN);
    }

    static boolean isLong() {
        return Form.ofThisRun() == Form.LONG;
    }
}
