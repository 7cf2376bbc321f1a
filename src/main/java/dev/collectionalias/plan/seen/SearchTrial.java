package dev.collectionalias.plan.seen;

import java.time.Duration;

/** What came of searching vectors of the active collection in both collections. */
public sealed interface SearchTrial {

    /**
     * Both were searched.
     *
     * @param samples          how many vectors
     * @param activeHits       how many hits the active collection gave, in all
     * @param candidateHits    how many hits the candidate gave, in all
     * @param commonHits       how many of the active collection's hits the candidate gave too, by primary key
     * @param activeLatency    the median of the active collection's answers
     * @param candidateLatency the median of the candidate's answers
     */
    record Searched(int samples, int activeHits, int candidateHits, int commonHits, Duration activeLatency,
            Duration candidateLatency) implements SearchTrial {}

    /** One of them can't be searched yet: not loaded, empty, or without an answer. */
    record NotYet(String why) implements SearchTrial {}

    /** Their schemas do not let the candidate be searched with the active collection's vectors. */
    record Impossible(String why) implements SearchTrial {}
}
