package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Duration;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.SearchTrial.Impossible;
import dev.collectionalias.plan.seen.SearchTrial.NotYet;
import dev.collectionalias.plan.seen.SearchTrial.Searched;

/** The candidate finds what the active collection finds. */
final class SearchGate implements Gate {

    private static final int ALL = 100;

    /** A difference that one pause of a server makes. In percent of a search of a millisecond it would be much. */
    private static final Duration NOISE = Duration.ofMillis(5);

    @Override
    public String name() {
        return "search";
    }

    @Override
    public Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts) {
        if (spec.search() == null || facts.search().isEmpty()) {
            return Optional.empty();
        }
        return switch (facts.search().get()) {
            case Searched searched -> judge(spec.search(), searched);
            case NotYet notYet -> Judgement.waiting(notYet.why());
            case Impossible impossible -> Judgement.failed(impossible.why());
        };
    }

    /**
     * Rows that are still to come can raise the overlap, and searches can warm the candidate up. So the gate waits for both.
     */
    private static Optional<Judgement> judge(Cutover.Search spec, Searched searched) {
        if (searched.activeHits() == 0) {
            return Judgement.waiting("the active collection finds nothing to compare with");
        }
        int overlap = searched.commonHits() * ALL / searched.activeHits();
        String message = format("%d %% of %d hits found too, %d %% needed; %d vectors, median %d ms, active %d ms",
                overlap,
                searched.activeHits(), spec.minOverlapPercent(), searched.samples(),
                searched.candidateLatency().toMillis(), searched.activeLatency().toMillis());
        boolean enough = overlap >= spec.minOverlapPercent() && searched.candidateHits() > 0;
        if (isTooSlow(spec, searched)) {
            return Judgement.waiting(format("%s (%d %%, at most %d %% allowed)", message,
                    percentOfActive(searched), spec.maxLatencyPercentOfActive()));
        }
        return enough ? Judgement.passed(message) : Judgement.waiting(message);
    }

    private static boolean isTooSlow(Cutover.Search spec, Searched searched) {
        return spec.maxLatencyPercentOfActive() != null
                && searched.candidateLatency().minus(searched.activeLatency()).compareTo(NOISE) >= 0
                && percentOfActive(searched) > spec.maxLatencyPercentOfActive();
    }

    private static long percentOfActive(Searched searched) {
        return searched.candidateLatency().toNanos() * ALL / Math.max(1, searched.activeLatency().toNanos());
    }
}
