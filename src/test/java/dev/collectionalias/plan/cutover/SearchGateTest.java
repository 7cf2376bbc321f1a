package dev.collectionalias.plan.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.plan.seen.SearchTrial.Searched;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A candidate that finds enough is held only by a latency that the spec limits. */
class SearchGateTest {

    private static final String FOUND = "100 % of 10 hits found too, 80 % needed; 5 vectors, median ";

    @Test
    void withoutALimitTheLatencyIsOnlyTold() {
        assertThat(judge(null, 3_000_000, 30_000)).isEqualTo(new GateResult("search", Verdict.Passed,
                FOUND + "3000 ms, active 30 ms"));
    }

    @Test
    void aCandidateThatIsTenTimesSlowerIsWaitedFor() {
        assertThat(judge(200, 300_000, 30_000)).isEqualTo(new GateResult("search", Verdict.Waiting,
                FOUND + "300 ms, active 30 ms (1000 %, at most 200 % allowed)"));
    }

    @ParameterizedTest
    @CsvSource({
            "200, 60000, 30000, Passed", // as slow as it may be
            "200, 60299, 30000, Passed", // less than one percent too slow
            "200, 60300, 30000, Waiting",
            "100, 30000, 30000, Passed",
            "100, 34999, 30000, Passed", // 5 ms are noise
            "100, 35000, 30000, Waiting",
            "1,   10000, 30000, Passed", // faster, though the limit asks for more
            "200, 4999,  0,     Passed",
            "200, 5000,  0,     Waiting",
            "200, 5999,  1000,  Passed",
            "200, 6000,  1000,  Waiting",
            "2147483647, 30000000, 1, Waiting"})
    void theLimitIsAShareOfTheActiveCollectionsLatency(int limit, long candidateMicros, long activeMicros,
            Verdict verdict) {
        assertThat(judge(limit, candidateMicros, activeMicros).verdict()).isEqualTo(verdict);
    }

    @Test
    void aCandidateThatIsSlowAndFindsTooLittleSaysBoth() {
        assertThat(judge(150, new Searched(5, 10, 10, 7, Duration.ofMillis(20), Duration.ofMillis(60))).message())
                .isEqualTo("70 % of 10 hits found too, 80 % needed; 5 vectors, median 60 ms, active 20 ms "
                        + "(300 %, at most 150 % allowed)");
    }

    private static GateResult judge(Integer limit, long candidateMicros, long activeMicros) {
        return judge(limit, new Searched(5, 10, 10, 10, micros(activeMicros), micros(candidateMicros)));
    }

    private static GateResult judge(Integer limit, SearchTrial trial) {
        Cutover.Gates spec = new Cutover.Gates(null, null, null, null,
                new Cutover.Search(5, 2, 80, null, limit), null, null);
        CollectionFacts candidate = new CollectionFacts(new CollectionState("v2", "2", true), Loading.LOADED,
                Optional.empty(), Optional.empty(), Optional.empty());
        return new SearchGate().ask(spec, new GateFacts(candidate, Optional.empty(), Optional.of(trial),
                Optional.empty(), Optional.empty())).orElseThrow();
    }

    private static Duration micros(long micros) {
        return Duration.ofNanos(micros * 1000);
    }
}
