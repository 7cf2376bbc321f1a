package dev.collectionalias.bench;

import java.util.Arrays;
import java.util.Collection;
import java.util.stream.LongStream;

/** How long each of many things took. */
final class Latencies {

    private static final double NANOS_PER_MILLI = 1e6;

    private final long[] sorted;

    private Latencies(long[] sorted) {
        this.sorted = sorted;
    }

    static Latencies ofNanos(long... nanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Latencies(sorted);
    }

    /** All of them in one, as if they had been measured together. */
    static Latencies pooled(Collection<Latencies> parts) {
        return ofNanos(parts.stream().flatMapToLong(part -> LongStream.of(part.sorted)).toArray());
    }

    int count() {
        return sorted.length;
    }

    /**
     * The least time within which so many percent of them were done (nearest rank), in milliseconds: a time that was
     * measured, never one between two. NaN if there is none.
     */
    double percentile(int percent) {
        if (sorted.length == 0) {
            return Double.NaN;
        }
        int rank = (int) Math.ceil(percent * sorted.length / 100.0);
        return sorted[Math.max(rank, 1) - 1] / NANOS_PER_MILLI;
    }
}
