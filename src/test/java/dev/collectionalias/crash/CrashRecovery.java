package dev.collectionalias.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import dev.collectionalias.crash.CrashStage.EndState;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ApiProxy;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.CrashPoint;
import dev.collectionalias.support.CrashPoint.When;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Kills the operator at each write that an operation takes, to Milvus or to the API server, starts it again, and wants
 * the same end as without a crash. What is not written dies with the process, so that "before a write" is the same as
 * "after the one before it": the former is only tried where it is the first write, or one to Milvus.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CrashRecovery {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The last writes may follow when the end is reached already. */
    private static final Duration UNTIL_ALL_IS_WRITTEN = Duration.ofMillis(500);

    /** For the gates that count and search them. */
    private static final int ROWS = 10;

    private final InProcessMilvus milvus;
    private final AtomicInteger played = new AtomicInteger();
    private ApiProxy api;
    private AliasObjects objects;
    private String namespace;
    private OperatorJvm operator;

    CrashRecovery(String version) {
        milvus = new InProcessMilvus(version);
    }

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace testNamespace) {
        milvus.start();
        for (String collection : List.of("one", "two")) {
            milvus.state().createCollection(MilvusState.DEFAULT_DATABASE, collection);
            milvus.state().load(MilvusState.DEFAULT_DATABASE, collection);
            milvus.state().setRows(MilvusState.DEFAULT_DATABASE, collection, ROWS);
        }
        api = new ApiProxy(controlPlane, ShippedRole.kubeconfig(controlPlane));
        objects = new AliasObjects(testNamespace);
        namespace = testNamespace.name();
        objects.connect(milvus);
        startOperator();
    }

    @AfterAll
    void stop() {
        operator.close();
        api.close();
        milvus.close();
    }

    @AfterEach
    void startOperatorIfATestLeftItDead() {
        if (!operator.isAlive()) {
            startOperator();
        }
    }

    private void startOperator() {
        operator = OperatorJvm.watching(namespace, api.kubeconfig());
    }

    /** Those that are tried. */
    Stream<Operation> operations() {
        return Stream.of(Operation.values());
    }

    @ParameterizedTest
    @MethodSource("operations")
    void endsTheSameWhereverItIsKilled(Operation operation) {
        CrashStage undisturbed = prepare(operation);
        CrashPoint count = CrashPoint.none(undisturbed.name());
        EndState expected = play(operation, undisturbed, count);
        awaitAllWritten(count);
        List<String> writes = count.writes();
        System.out.printf("%s on %s takes %d writes: %s%n", operation, milvus.name(), writes.size(), writes);

        for (int number = 1; number <= writes.size(); number++) {
            if (number == 1 || writes.get(number - 1).startsWith("Milvus")) {
                assertSameEnd(operation, When.BEFORE, number, expected);
            }
            assertSameEnd(operation, When.AFTER, number, expected);
        }
    }

    /** After the announcement, and after the call; by the next look the spec names another collection. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aDeletionDropsWhatAnUnreportedSwitchLeft(int writes) {
        CrashStage stage = prepare(Operation.SWITCH);
        CrashPoint point = new CrashPoint(stage.name(), When.AFTER, writes, operator::kill);
        arm(Operation.SWITCH, stage, point);
        Operation.SWITCH.ask(stage);
        assertThat(crashes(point)).isTrue();
        objects.point(stage.name(), "one");
        objects.delete(stage.name());
        arm(Operation.DROP, stage, CrashPoint.none(stage.name()));

        startOperator();

        objects.awaitGone(stage.name());
        assertThat(stage.target("")).isEmpty();
    }

    private void assertSameEnd(Operation operation, When when, int number, EndState expected) {
        CrashStage stage = prepare(operation);
        CrashPoint point = new CrashPoint(stage.name(), when, number, operator::kill);
        arm(operation, stage, point);
        operation.ask(stage);
        if (!crashes(point)) {
            operator.kill(); // it took fewer writes than the first time, and each of those is tried
        }
        arm(operation, stage, CrashPoint.none(stage.name()));

        startOperator();

        assertThat(operation.end(stage)).as("%s, killed %s write %d: %s", operation, when, number, point.writes())
                .isEqualTo(expected);
    }

    private static boolean crashes(CrashPoint point) {
        try {
            Awaitility.await("a crash").atMost(PATIENCE).until(point::hasCrashed);
            return true;
        } catch (ConditionTimeoutException notThatManyWrites) {
            return false;
        }
    }

    private EndState play(Operation operation, CrashStage stage, CrashPoint point) {
        arm(operation, stage, point);
        operation.ask(stage);
        return operation.end(stage);
    }

    private CrashStage prepare(Operation operation) {
        CrashStage stage = new CrashStage(objects, milvus, "a%03d".formatted(played.incrementAndGet()));
        operation.prepare(stage);
        return stage;
    }

    private void arm(Operation operation, CrashStage stage, CrashPoint point) {
        milvus.faults().clear();
        operation.disturb(stage);
        milvus.faults().crashAt(point);
        api.crashAt(point);
    }

    private static void awaitAllWritten(CrashPoint count) {
        AtomicInteger before = new AtomicInteger(-1);
        Awaitility.await("all is written").atMost(PATIENCE).pollInterval(UNTIL_ALL_IS_WRITTEN)
                .until(() -> before.getAndSet(count.writes().size()) == before.get());
    }
}
