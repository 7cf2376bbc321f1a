package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;

/** How much is left of a time that began then, by a clock that somebody may have put back. */
public final class TimeLeft {

    private TimeLeft() {}

    /** Zero if the beginning is yet to come: somebody has put the clock back since. */
    public static Duration of(Duration time, Instant since, Instant now) {
        Duration left = Duration.between(now, since.plus(time));
        return left.isNegative() || left.compareTo(time) > 0 ? Duration.ZERO : left;
    }

    public static boolean isOver(Duration time, Instant since, Instant now) {
        return of(time, since, now).isZero();
    }
}
