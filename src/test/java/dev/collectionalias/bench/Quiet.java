package dev.collectionalias.bench;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.locks.LockSupport;

/** When a process has nothing left to do but what goes on at rest, for those that do not tell. */
final class Quiet {

    private static final Duration STEP = Duration.ofMillis(100);
    /** Long enough to hold a moment in which the aliases of one collection are looked at, and a pause. */
    private static final int STEPS = 10;
    /** Of one processor, on average. */
    private static final double AT_REST = 0.4;
    private static final Duration LASTS = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private record Look(long at, double cpuMillis) {
        double loadSince(Look before) {
            return (cpuMillis - before.cpuMillis) * 1e6 / (at - before.at);
        }
    }

    private Quiet() {}

    /** Waits until the process has been quiet for a while, and says since when at the latest by {@link System#nanoTime}. */
    static long await(ProcessUsage process) {
        Deque<Look> looks = new ArrayDeque<>();
        looks.add(look(process));
        long start = looks.getLast().at();
        long since = start;
        while (looks.getLast().at() - start < PATIENCE.toNanos()) {
            LockSupport.parkNanos(STEP.toNanos());
            Look now = look(process);
            if (now.loadSince(looks.getFirst()) >= AT_REST) {
                since = now.at();
            } else if (now.at() - since >= LASTS.toNanos()) {
                return since;
            }
            looks.add(now);
            if (looks.size() > STEPS) {
                looks.removeFirst();
            }
        }
        throw new IllegalStateException("process %d is never quiet".formatted(process.pid()));
    }

    private static Look look(ProcessUsage process) {
        return new Look(System.nanoTime(), process.cpuMillis());
    }
}
