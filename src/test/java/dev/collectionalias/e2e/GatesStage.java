package dev.collectionalias.e2e;

import static dev.collectionalias.api.v1alpha1.Verdict.Passed;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A real server with a collection in use, and an alias for each test that points at it. */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class GatesStage {

    static final String DATABASE = "default";
    static final CollectionShape PLAIN = CollectionShape.PLAIN;
    static final String ACTIVE = "active";
    /** How many rows the active collection has; candidates have another number of rows or other keys. */
    static final int ROWS = 10;

    final MilvusServer milvus = server();
    MilvusCollections collections;
    private MilvusAliases aliases;
    private OperatorUnderTest operator;
    AliasObjects objects;
    private int tests;
    private String alias;
    String candidate;

    abstract MilvusServer server();

    /** Whether a collection without an index can be loaded. */
    boolean loadsWithoutIndex() {
        return false;
    }

    /** Whether a collection can be searched before anybody loads it. */
    boolean loadsNewCollections() {
        return false;
    }

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        objects = new AliasObjects(namespace);
        objects.connection("default", "{uri: '%s'}".formatted(milvus.uri()));
        searchable(ACTIVE, PLAIN, ROWS);
        operator = OperatorUnderTest.start(controlPlane, namespace.name());
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var third = collections; var second = aliases; var first = operator) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    @BeforeEach
    void anAliasThatIsInUse() {
        // Not one the beginning of another: old servers drop them together.
        alias = "gate_%02d".formatted(++tests);
        candidate = alias + "_v2";
        objects.alias(alias, ACTIVE);
        objects.awaitReady(object(), ACTIVE);
    }

    String object() {
        return alias.replace('_', '-');
    }

    void pointWith(String gates) {
        objects.patchSpec(object(), "{collection: %s, cutover: {gates: %s}}".formatted(candidate, gates));
    }

    void loaded(String collection, CollectionShape shape, int rows) {
        collections.create(DATABASE, collection, shape, rows);
        collections.load(DATABASE, collection);
    }

    void searchable(String collection, CollectionShape shape, int rows) {
        loaded(collection, shape, rows);
        collections.awaitSearchable(DATABASE, collection);
    }

    void unloaded(String collection, CollectionShape shape, int rows) {
        collections.create(DATABASE, collection, shape, rows);
        if (loadsNewCollections()) {
            collections.release(DATABASE, collection);
        }
    }

    static GateResult gate(String name, Verdict verdict, String message) {
        return new GateResult(name, verdict, message);
    }

    GateResult gate(String name) {
        return gates().stream().filter(gate -> gate.name().equals(name)).findFirst().orElseThrow();
    }

    /** The same, and the condition tells each obstacle, so that nobody has to look for it. */
    Condition assertHeld(Reason reason, ConditionType type, GateResult... saying) {
        Condition ready = awaitHeld(reason, type, saying);
        assertThat(ready.message()).contains(Stream.of(saying).filter(gate -> gate.verdict() != Passed)
                .map(GateResult::message).toArray(String[]::new));
        return ready;
    }

    /** From here on the test is about another alias, which the operator reaches through the proxy. */
    void anAliasBehind(MilvusProxy proxy) {
        alias = "slow_" + alias;
        objects.connection("slow", "{uri: '%s'}".formatted(proxy.uri()));
        objects.aliasWith(object(),
                "{alias: %s, collection: %s, connectionRef: {name: slow}}".formatted(alias, ACTIVE));
        objects.awaitReady(object(), ACTIVE);
    }

    /** What a user reads of a switch that is held back, and that nothing has changed for those who search. */
    Condition awaitHeld(Reason reason, ConditionType type, GateResult... saying) {
        AliasObjects.await(alias + " is held back", () -> {
            objects.awaitReason(object(), reason);
            assertThat(gates()).containsAll(List.of(saying));
        });
        Condition ready = objects.condition(object(), ConditionType.Ready).orElseThrow();
        assertThat(ready.status()).isEqualTo(ConditionStatus.False);
        assertThat(objects.condition(object(), type).orElseThrow().reason()).isEqualTo(reason.name());
        assertThat(objects.condition(object(), ConditionType.Serving).orElseThrow().status())
                .isEqualTo(ConditionStatus.True);
        assertThat(aliases.target(alias)).contains(ACTIVE);
        assertThat(aliases.searchAll(alias)).isEqualTo(keys(ROWS));
        return ready;
    }

    void assertSwitched(int rows) {
        objects.awaitReady(object(), candidate);
        assertThat(aliases.target(alias)).contains(candidate);
        assertThat(aliases.searchAll(alias)).isEqualTo(keys(rows));
        assertThat(objects.get(object()).getStatus().candidate()).isNull();
    }

    private static Set<Long> keys(int rows) {
        return LongStream.range(0, rows).boxed().collect(Collectors.toSet());
    }

    List<GateResult> gates() {
        return objects.get(object()).getStatus().candidate().gates();
    }

    void assertPassedBefore(GateResult gate) {
        assertThat(passedBefore()).contains(gate);
    }

    List<GateResult> passedBefore() {
        return objects.get(object()).getStatus().history().getFirst().gates();
    }
}
