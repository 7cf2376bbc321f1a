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
 * Asks a server about a collection once for all aliases that point at it. So a look at settled aliases costs a call per
 * collection, not per alias.
 */
final class CollectionSweep {

    /**
     * Aliases share an answer for a thirtieth of the time between two looks, within these bounds. The operator looks at
     * aliases of one collection in the same moment, see {@code Pace.untilRefresh}. But when it starts, it looks at
     * thousands, and that takes seconds.
     */
    private static final int SHARE_OF_INTERVAL = 30;
    private static final Duration SHORTEST = Duration.ofSeconds(2);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** The aliases of a collection, and whether it serves searches. */
    record Listing(Set<String> aliases, boolean loaded) {}

    /** @param asker the gateway, as the answer depends on its credentials and patience */
    private record CollectionKey(Object asker, String database, String collection) {}

    private record Asked(Instant at, FutureTask<Listing> answer) {}

    private final Map<CollectionKey, Asked> asked = new ConcurrentHashMap<>();
    private final Clock clock;

    CollectionSweep(Clock clock) {
        this.clock = clock;
    }

    /**
     * @param interval between two looks at the alias
     * @throws MilvusException if the server does not answer as it should
     */
    Listing list(MilvusGateway gateway, String database, String collection, Duration interval) {
        Instant now = clock.instant();
        Duration sharedFor = sharedFor(interval);
        asked.values().removeIf(old -> !isWithin(LONGEST, old, now));
        FutureTask<Listing> mine = new FutureTask<>(
                () -> new Listing(Set.copyOf(gateway.listAliases(database, collection)),
                        gateway.isLoaded(database, collection)));
        FutureTask<Listing> shared = asked.compute(new CollectionKey(gateway, database, collection),
                (key, last) -> last != null && isWithin(sharedFor, last, now) ? last : new Asked(now, mine)).answer();
        if (shared.equals(mine)) {
            mine.run();
        }
        return Questions.await(shared);
    }

    private static Duration sharedFor(Duration interval) {
        Duration share = interval.dividedBy(SHARE_OF_INTERVAL);
        return share.compareTo(SHORTEST) < 0 ? SHORTEST : share.compareTo(LONGEST) > 0 ? LONGEST : share;
    }

    /** Not older than this, and not from before somebody put the clock back. */
    private static boolean isWithin(Duration age, Asked asked, Instant now) {
        return Duration.between(asked.at(), now).abs().compareTo(age) <= 0;
    }
}
