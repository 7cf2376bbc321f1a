package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.collectionalias.plan.seen.SwitchRemedy;

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

    /** Whether it is known what a server of each of them does, and they do the same. */
    boolean areClear() {
        return lately().stream().noneMatch(ServerVersion.Unclear.class::isInstance)
                && lately().stream().map(ServerVersion::remedies).distinct().count() == 1;
    }

    boolean dropDestroysNeighbours() {
        return lately().stream().anyMatch(ServerVersion::dropDestroysNeighbours);
    }

    /**
     * Of two kinds at once it takes all: an old proxy, which remembers shards by the alias's name, on a new server, which expires
     * caches after the change, is like one of the kind between them.
     */
    Set<SwitchRemedy> remedies() {
        return areClear() ? lately().iterator().next().remedies() : EnumSet.allOf(SwitchRemedy.class);
    }

    private synchronized Set<ServerVersion> lately() {
        long now = nanoClock.getAsLong();
        lastSeen.values().removeIf(at -> now - at > LATELY.toNanos());
        return lastSeen.isEmpty() ? Set.of(new ServerVersion.Unclear()) : Set.copyOf(lastSeen.keySet());
    }
}
