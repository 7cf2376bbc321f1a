package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.collectionalias.plan.SwitchRemedy;

/**
 * The versions that a server has told of itself lately. While it is upgraded or downgraded, some of its proxies are of one
 * version and some of another, and a connection sees one of them.
 */
final class SeenVersions {

    private static final Duration LATELY = Duration.ofMinutes(10);

    private final Map<ServerVersion, Long> lastSeen = new HashMap<>();
    private final LongSupplier nanoClock;

    /** @param nanoClock a clock that nobody sets, in nanoseconds */
    SeenVersions(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    synchronized void saw(ServerVersion version) {
        lastSeen.put(version, nanoClock.getAsLong());
    }

    /** Whether there is one, and it is known what a server of it does. */
    boolean areClear() {
        return lately().size() == 1 && lately().stream().noneMatch(ServerVersion.Unclear.class::isInstance);
    }

    boolean dropDestroysNeighbours() {
        return lately().stream().anyMatch(ServerVersion::dropDestroysNeighbours);
    }

    Set<SwitchRemedy> remedies() {
        Set<ServerVersion> lately = lately();
        return lately.size() == 1 ? lately.iterator().next().remedies() : EnumSet.allOf(SwitchRemedy.class);
    }

    private synchronized Set<ServerVersion> lately() {
        long now = nanoClock.getAsLong();
        lastSeen.values().removeIf(at -> now - at > LATELY.toNanos());
        return lastSeen.isEmpty() ? Set.of(new ServerVersion.Unclear()) : Set.copyOf(lastSeen.keySet());
    }
}
