package dev.collectionalias.bench;

import java.util.List;
import java.util.function.Function;

/**
 * What one operator did in one round, or in all of them.
 *
 * @param steadyCreate at a fixed rate
 * @param burstCreate  as fast as the API server takes them
 * @param memory       of the process while all objects of the burst are there
 */
record Round(Timings steadyCreate, Timings steadySwitch, Timings burstCreate, Timings burstSwitch, Timings burstDelete,
        Memory memory) {

    /**
     * @param residentMib now
     * @param peakMib the most since the process began
     */
    record Memory(double residentMib, double peakMib) {}

    static Round of(List<Round> rounds) {
        Function<Function<Round, Timings>, Timings> all = part -> Timings.of(rounds.stream().map(part).toList());
        return new Round(all.apply(Round::steadyCreate), all.apply(Round::steadySwitch), all.apply(Round::burstCreate),
                all.apply(Round::burstSwitch), all.apply(Round::burstDelete),
                new Memory(Medians.of(rounds.stream().map(round -> round.memory().residentMib()).toList()),
                        Medians.of(rounds.stream().map(round -> round.memory().peakMib()).toList())));
    }
}
