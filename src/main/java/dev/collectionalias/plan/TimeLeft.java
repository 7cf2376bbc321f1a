package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;

/** How much of a time that began then is left, by a clock that somebody may have put back. */
public final class TimeLeft {

    private TimeLeft() {}

    /** Never more than all of it: a beginning that is yet to come was written before the clock was put back. */
    public static Duration of(Duration time, Instant since, Instant now) {
        Duration left = Duration.between(now, since.plus(time));
        return left.isNegative() || left.compareTo(time) > 0 ? Duration.ZERO : left;
    }

    public static boolean isOver(Duration time, Instant since, Instant now) {
        return of(time, since, now).isZero();
    }
}
