package dev.collectionalias.bench;

import java.util.List;

/**
 * What became of one phase.
 *
 * @param done            from each API call to Ready at that generation, or to the object's end
 * @param active          to the first status that names the collection; the same as {@code done} where a status names none
 * @param perSecond       objects by the time from the first call to the last that was done
 * @param activePerSecond the same by {@code active}
 * @param cpuMillis       processor time of the operator for each object
 */
record Timings(Latencies done, Latencies active, double perSecond, double activePerSecond, double cpuMillis) {

    /** Latencies pooled, and the median of the rest. */
    static Timings of(List<Timings> rounds) {
        return new Timings(Latencies.pooled(rounds.stream().map(Timings::done).toList()),
                Latencies.pooled(rounds.stream().map(Timings::active).toList()),
                Medians.of(rounds.stream().map(Timings::perSecond).toList()),
                Medians.of(rounds.stream().map(Timings::activePerSecond).toList()),
                Medians.of(rounds.stream().map(Timings::cpuMillis).toList()));
    }
}
