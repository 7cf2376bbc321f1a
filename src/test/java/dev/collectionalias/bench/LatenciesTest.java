package dev.collectionalias.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatenciesTest {

    private static long[] millis(long... millis) {
        return LongStream.of(millis).map(each -> each * 1_000_000).toArray();
    }

    @ParameterizedTest
    @CsvSource({"50, 50", "90, 90", "99, 99", "100, 100", "0, 1"})
    void aPercentileIsTheLeastTimeThatSoManyWereDoneWithin(int percent, double expected) {
        long[] oneToHundred = millis(LongStream.rangeClosed(1, 100).map(each -> 101 - each).toArray());

        assertThat(Latencies.ofNanos(oneToHundred).percentile(percent)).isEqualTo(expected);
    }

    @Test
    void ofFewTheNinetyNinthIsTheLongest() {
        assertThat(Latencies.ofNanos(millis(3, 1, 2)).percentile(99)).isEqualTo(3);
        assertThat(Latencies.ofNanos(millis(3, 1, 2)).percentile(50)).isEqualTo(2);
        assertThat(Latencies.ofNanos(millis(7)).percentile(50)).isEqualTo(7);
    }

    @Test
    void roundsArePooledNotAveraged() {
        Latencies pooled = Latencies.pooled(List.of(Latencies.ofNanos(millis(1, 1, 1)), Latencies.ofNanos(millis(9))));

        assertThat(pooled.count()).isEqualTo(4);
        assertThat(pooled.percentile(75)).isEqualTo(1);
        assertThat(pooled.percentile(76)).isEqualTo(9);
    }

    @Test
    void ofNothingThereIsNoPercentile() {
        assertThat(Latencies.ofNanos().percentile(50)).isNaN();
    }
}
