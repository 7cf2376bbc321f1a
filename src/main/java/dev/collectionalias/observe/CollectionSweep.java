package dev.collectionalias.observe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;

import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;

/**
 * Asks a server about a collection once for all aliases that point at it, so that a look at settled aliases costs as
 * many calls as there are collections, not as there are aliases.
 */
final class CollectionSweep {

    /** Aliases of one collection are looked at in the same moment; see {@code Pace.untilRefresh}. */
    private static final Duration SHARED_FOR = Duration.ofSeconds(2);

    /** The aliases of a collection, and whether they are served. */
    record Listing(Set<String> aliases, boolean loaded) {}

    /** @param asker whose credentials and patience the answer depends on */
    private record CollectionKey(Object asker, String database, String collection) {}

    private record Asked(Instant at, FutureTask<Listing> answer) {}

    private final Map<CollectionKey, Asked> asked = new ConcurrentHashMap<>();
    private final Clock clock;

    CollectionSweep(Clock clock) {
        this.clock = clock;
    }

    /** @throws MilvusException if the server does not answer as it should */
    Listing list(MilvusGateway gateway, String database, String collection) {
        Instant now = clock.instant();
        asked.values().removeIf(old -> isStale(old, now));
        FutureTask<Listing> mine = new FutureTask<>(
                () -> new Listing(Set.copyOf(gateway.listAliases(database, collection)),
                        gateway.isLoaded(database, collection)));
        FutureTask<Listing> shared = asked.computeIfAbsent(new CollectionKey(gateway, database, collection),
                key -> new Asked(now, mine)).answer();
        if (shared == mine) {
            mine.run();
        }
        return Questions.await(shared);
    }

    private static boolean isStale(Asked old, Instant now) {
        // Older than it may be, or from before the clock was put back.
        return Duration.between(old.at(), now).abs().compareTo(SHARED_FOR) > 0;
    }
}
