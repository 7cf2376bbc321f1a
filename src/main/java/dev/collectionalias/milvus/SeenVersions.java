package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

import dev.collectionalias.plan.seen.SwitchRemedy;

/**
 * The versions that a server has told of itself lately. During an upgrade or downgrade its proxies have different versions, and
 * a connection sees only one of them.
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

    /** Whether every version is known, and a switch needs the same remedies on all of them. */
    boolean areClear() {
        return lately().stream().noneMatch(ServerVersion.Unclear.class::isInstance)
                && lately().stream().map(ServerVersion::remedies).distinct().count() == 1;
    }

    boolean dropDestroysNeighbours() {
        return lately().stream().anyMatch(ServerVersion::dropDestroysNeighbours);
    }

    /**
     * Every remedy there is if the server has two kinds of versions at once. An old proxy remembers shards by the alias's name.
     * A new server expires caches after the change. Together they behave like a version between the two.
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
