package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Finds out that two writers move one alias to and fro, each correcting the other. Milvus has no compare-and-swap and
 * two names of one server can't be told apart, so that counting is the only way to notice.
 */
public final class Contest {

    private static final int CORRECTIONS = 5;
    private static final Duration WITHIN = Duration.ofMinutes(10);

    private Contest() {}

    /** Once there were that many it stays, until a retry forgets them: waiting does not end a fight. */
    public static boolean isOn(Subject subject) {
        return subject.status().corrections().size() >= CORRECTIONS;
    }

    /** Whether any of them is new enough to count. */
    public static boolean isRecent(List<Instant> corrections, Instant now) {
        return !recent(corrections, now).isEmpty();
    }

    /** The corrections to remember after one more. */
    public static List<Instant> remember(Subject subject, Instant now) {
        List<Instant> before = recent(subject.status().corrections(), now);
        return Stream.concat(Stream.of(now), before.stream()).limit(CORRECTIONS).toList();
    }

    private static List<Instant> recent(List<Instant> corrections, Instant now) {
        return corrections.stream().filter(at -> at.isAfter(now.minus(WITHIN))).toList();
    }
}
