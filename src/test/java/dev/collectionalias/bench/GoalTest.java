package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;

import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.Test;

class GoalTest {

    private static final Map<Rpc, RpcFloor> FLOORS = Map.of(Rpc.DESCRIBE_ALIAS,
            new RpcFloor(Latencies.ofNanos(4_000_000), 0));

    /** A contender that needs as long for everything, so many objects a second, and so much memory. */
    private static Round round(long millis, double perSecond, double mib) {
        Latencies latencies = Latencies.ofNanos(millis * 1_000_000);
        Timings timings = new Timings(latencies, latencies, perSecond, perSecond, 1);
        return new Round(timings, timings, timings, timings, timings, new Round.Memory(mib, mib));
    }

    private static Costs describes(double count) {
        Map<Rpc, Double> counts = Map.of(Rpc.DESCRIBE_ALIAS, count);
        return new Costs(new RpcCosts(Map.of(Phase.CREATE, counts, Phase.SWITCH, counts)), Map.of());
    }

    private static Goal goal(List<Goal> goals, String what) {
        return goals.stream().filter(goal -> goal.what().equals(what)).findFirst().orElseThrow();
    }

    @Test
    void whatIsAsGoodAsTheYardstickIsMet() {
        List<Goal> goals = Goal.of(new ServerReport("Milvus", FLOORS,
                Map.of(ThisOperator.GATES_OFF, round(10, 50, 100), Yardstick.GO, round(10, 50, 60)), Map.of()));

        assertThat(goals).hasSize(7).allSatisfy(goal -> assertThat(goal.met()).isTrue());
    }

    @Test
    void slowerAndFewerAreNot() {
        List<Goal> goals = Goal.of(new ServerReport("Milvus", FLOORS,
                Map.of(ThisOperator.GATES_OFF, round(11, 49, 100), Yardstick.GO, round(10, 50, 60)), Map.of()));

        assertThat(goals).hasSize(7).allSatisfy(goal -> assertThat(goal.met()).isFalse());
        assertThat(goal(goals, "gates off: switch, p99").ratio()).isEqualTo(1.1);
        assertThat(goal(goals, "gates off: burst of switches").ratio()).isEqualTo(0.98);
    }

    @Test
    void gatesMayTakeAsLongAsTheCallsThatTheyAre() {
        List<Goal> goals = Goal.of(new ServerReport("Milvus", FLOORS,
                Map.of(ThisOperator.DEFAULTS, round(18, 1, 130), Yardstick.GO, round(10, 50, 60)),
                Map.of(ThisOperator.DEFAULTS, describes(3), Yardstick.GO, describes(1))));

        assertThat(goal(goals, "default gates: switch, p50").bound()).isEqualTo(18);
        assertThat(goal(goals, "default gates: switch, p50").met()).isTrue();
        assertThat(goals).extracting(Goal::what, Goal::bound, Goal::met).contains(
                tuple("memory, twice Go's", 120.0, false), tuple("memory", 200.0, true));
    }

    @Test
    void withoutTheYardstickOnlyTheLimitOfMemoryCanBeTold() {
        List<Goal> goals = Goal.of(new ServerReport("Milvus", FLOORS,
                Map.of(ThisOperator.DEFAULTS, round(10, 50, 201)), Map.of()));

        assertThat(goals).extracting(Goal::what, Goal::met).containsExactly(tuple("memory", false));
    }
}
