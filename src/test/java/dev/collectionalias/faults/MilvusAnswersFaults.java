package dev.collectionalias.faults;

import java.time.Duration;
import java.util.List;
import java.util.Random;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.milvus.shaded.io.grpc.Status;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/** A Milvus that answers, but not as it should: one call in two goes wrong. */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MilvusAnswersFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(2);
    private static final Duration LASTS = Duration.ofSeconds(10);
    private static final int RATE_LIMIT = 8;
    /** None of them is in Milvus' list. */
    private static final List<Integer> NO_CODES = List.of(-1, 7777, 123_456, Integer.MIN_VALUE, Integer.MAX_VALUE);
    private static final List<Status> STATUSES = List.of(Status.UNKNOWN, Status.INTERNAL, Status.DATA_LOSS,
            Status.ABORTED, Status.OUT_OF_RANGE, Status.UNAVAILABLE);

    private final Random random = new Random(1);
    private Scene scene;
    private OperatorJvm operator;
    private Drill drill;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace, FaultReport report) {
        scene = new Scene(namespace, "reply", 40, 10, "refreshInterval: 5s");
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
    void tooManyCalls() {
        play("Milvus refuses one call in two (rate limit)",
                () -> oneCallInTwo().fail(RATE_LIMIT, "request is rejected by grpc RateLimiter middleware"));
    }

    @Test
    void codesThatMeanNothing() {
        play("Milvus answers one call in two with a code that means nothing", () -> {
            NO_CODES.forEach(code -> oneCallIn(2 * (NO_CODES.size() + STATUSES.size())).fail(code, "\0 %s \n\t"));
            STATUSES.forEach(status -> oneCallIn(2 * (NO_CODES.size() + STATUSES.size())).fail(status));
        });
    }

    @Test
    void answersThatGetLost() {
        play("Milvus' answer to one call in two is lost", () -> oneCallInTwo().loseAnswer());
    }

    @Test
    void secondsForACall() {
        play("Milvus takes 2 s for one call in two", () -> oneCallInTwo().delay(Duration.ofSeconds(2)));
    }

    private void play(String kind, Runnable inject) {
        drill.play(new Fault(kind, inject, LASTS, scene.milvus().faults()::clear), 1, BETWEEN);
    }

    private dev.collectionalias.support.Faults.Fault oneCallInTwo() {
        return oneCallIn(2);
    }

    private dev.collectionalias.support.Faults.Fault oneCallIn(int calls) {
        return scene.milvus().faults().when(call -> random.nextInt(calls) == 0);
    }
}
