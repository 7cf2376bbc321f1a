package dev.collectionalias.support;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;

/** A clock that a test puts forward, for what takes longer than a test may. */
public final class ShiftedClock extends Clock {

    private final Clock base;
    private volatile Duration ahead = Duration.ZERO;

    public ShiftedClock(Clock base) {
        this.base = base;
    }

    public void putForward(Duration by) {
        ahead = ahead.plus(by);
    }

    @Override
    public ZoneId getZone() {
        return base.getZone();
    }

    @Override
    public Clock withZone(ZoneId zone) {
        return Clock.offset(base.withZone(zone), ahead);
    }

    @Override
    public Instant instant() {
        return base.instant().plus(ahead);
    }
}
