package dev.collectionalias.schedule;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Rings when it is time to look at an object again. The SDK's own timer ({@code rescheduleAfter}) goes by the wall clock: if an
 * administrator puts that back by an hour, all objects wait an hour longer. {@code ClockFaults} sets it under a running operator.
 */
final class Alarms implements AutoCloseable {

    private final ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1,
            Thread.ofPlatform().daemon().name("alarms").factory());
    private final Map<Object, Future<?>> pending = new ConcurrentHashMap<>();

    Alarms() {
        timer.setRemoveOnCancelPolicy(true);
        // A pass that outlives a stop may still set an alarm; nobody needs it any more.
        timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    }

    /** Replaces the alarm that this object has already. */
    void set(Object whom, Duration delay, Runnable ring) {
        pending.compute(whom, (same, before) -> {
            if (before != null) {
                before.cancel(false);
            }
            return timer.schedule(() -> {
                pending.remove(whom);
                ring.run();
            }, delay.toNanos(), TimeUnit.NANOSECONDS);
        });
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
