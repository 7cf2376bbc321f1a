package dev.collectionalias.faults;

import java.time.Duration;

/**
 * Something that goes wrong and ends.
 *
 * @param kind what it is called in the report
 * @param inject makes it so
 * @param lasts how long it is so before it is ended
 * @param end puts it right; what an operator or a kubelet does by itself is no part of it
 */
record Fault(String kind, Runnable inject, Duration lasts, Runnable end) {

    /** One that is over in the moment in which it happens. */
    static Fault moment(String kind, Runnable inject) {
        return new Fault(kind, inject, Duration.ZERO, () -> {});
    }
}
