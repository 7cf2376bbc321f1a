package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds out that two writers move one alias to and fro, each correcting the other. Milvus has no compare-and-swap, and
 * the operator can't tell two names of one server apart. So counting is the only way to notice.
 */
public final class Contest {

    private static final int CORRECTIONS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);
    /** An operator that looks once in an interval corrects no more than once in it. */
    private static final int WITHIN_INTERVALS = CORRECTIONS + 1;

    private Contest() {}

    /** A contest with that many corrections stays until a retry forgets them: waiting does not end a fight. */
    public static boolean isOn(Subject subject) {
        return subject.status().corrections().size() >= CORRECTIONS;
    }

    /**
     * Whether a contest is on that is still fresh. The alias may be in place meanwhile: the writer that was last has
     * nothing to correct any more.
     */
    public static boolean isRecent(Subject subject, Instant now) {
        return isOn(subject) && isRecent(subject, subject.status().corrections(), now);
    }

    /** Whether any of the corrections is new enough to count. */
    public static boolean isRecent(Subject subject, List<Instant> corrections, Instant now) {
        return !recent(subject, corrections, now).isEmpty();
    }

    /** The corrections to remember after one more. */
    public static List<Instant> remember(Subject subject, Instant now) {
        List<Instant> before = recent(subject, subject.status().corrections(), now);
        return Stream.concat(Stream.of(now), before.stream()).limit(CORRECTIONS).toList();
    }

    private static List<Instant> recent(Subject subject, List<Instant> corrections, Instant now) {
        Duration intervals = subject.spec().refreshInterval().value().multipliedBy(WITHIN_INTERVALS);
        Duration within = intervals.compareTo(WITHIN) > 0 ? intervals : WITHIN;
        return corrections.stream().filter(at -> at.isAfter(now.minus(within))).toList();
    }
}
