package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.Test;

class ResultsPageTest {

    private static final Latencies CALLS = Latencies.ofNanos(2_000_000, 4_500_000, 250_000_000);
    private static final Timings TIMINGS = new Timings(CALLS, CALLS, 61.25, 70, 3.5);
    private static final Report REPORT = new Report(Instant.parse("2026-01-02T03:04:05Z"),
            new Machine("A processor", 2, 8, "Linux 6", "25", 99), List.of("this operator abc"), Settings.QUICK,
            Optional.of(new ApiFloor(CALLS, CALLS)),
            List.of(new ServerReport("Milvus 2.3.5", Map.of(Rpc.ALTER_ALIAS, new RpcFloor(CALLS, 120)),
                    Map.of(ThisOperator.DEFAULTS,
                            new Round(TIMINGS, TIMINGS, TIMINGS, TIMINGS, TIMINGS, new Round.Memory(250, 260))),
                    Map.of(ThisOperator.DEFAULTS,
                            new Costs(new RpcCosts(Map.of(Phase.SWITCH, Map.of(Rpc.ALTER_ALIAS, 3.0))),
                                    Map.of(Phase.SWITCH, new ApiRequests(Map.of("POST events", 1.0))))))),
            Optional.empty());

    private final List<String> lines = ResultsPage.of(REPORT).lines().toList();

    @Test
    void itSaysWhereAndWhen() {
        assertThat(lines).contains("| Date | 2026-01-02 03:04 UTC |",
                "| Machine | A processor, 2 cores, 8 GiB, Linux 6; 99 % idle before the run |",
                "| Versions | this operator abc, Java 25 |");
    }

    @Test
    void aGoalIsMetOrNot() {
        assertThat(lines).contains("| Milvus 2.3.5 | memory | 250 MiB | ≤ 200 MiB | 1.25 | **not met** |");
    }

    @Test
    void percentilesRatesAndCallsAreInTables() {
        assertThat(lines).contains(
                "| this operator, default gates | 4.5 / 250 / 250 | 4.5 / 250 / 250 | 4.5 / 250 / 250 | 3.5 | 3.5 |",
                "| this operator, default gates | 61.3 | 70 | 61.3 | 61.3 | 250 | 260 |",
                "| this operator, default gates |  | 3 × ALTER_ALIAS |  |",
                "| this operator, default gates |  | 1 × POST events |  |",
                "| ALTER_ALIAS | 4.5 / 250 / 250 | 120 |");
    }
}
