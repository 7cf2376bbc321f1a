package dev.collectionalias.bench;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How much is measured at scale.
 *
 * @param objects     in the end
 * @param few         of them, at which memory is looked at, too
 * @param databases   that the collections are in
 * @param collections that the aliases are spread over
 * @param refresh     how often each alias is looked at; what goes on at rest is measured for as long
 * @param starts      how often the operator is started with one object
 * @param handOvers   how often one process takes over from another one, on a clean stop and on a kill each
 */
record ScaleSettings(int objects, int few, int databases, int collections, Duration refresh, int starts,
        int handOvers) {

    private static final int FEW = 1000;

    static ScaleSettings of(int objects, boolean quick) {
        return new ScaleSettings(objects, Math.min(FEW, objects / 2), 5, 100, Duration.ofSeconds(quick ? 15 : 60),
                quick ? 1 : 5, quick ? 1 : 3);
    }

    /** Names of the databases for an operator that knows them. */
    List<String> databaseNames() {
        return IntStream.rangeClosed(1, databases).mapToObj("scale_%d"::formatted).toList();
    }
}
