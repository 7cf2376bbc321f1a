package dev.collectionalias.plan.seen;

import java.time.Duration;

/** The outcome of searching vectors of the active collection in both collections. */
public sealed interface SearchTrial {

    /**
     * The server searched both.
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

    /** One of the collections can't be searched yet: not loaded, empty, or without an answer. */
    record NotYet(String why) implements SearchTrial {}

    /** The schemas do not let anybody search the candidate with the active collection's vectors. */
    record Impossible(String why) implements SearchTrial {}
}
