package dev.collectionalias.support;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * What the proxy of {@link InProcessMilvus} remembers from one search to the next, by name. A search looks twice: which
 * collection is that, and then, by the same name, where are its shards; the shards answer. A search that looks once
 * before and once after a switch leaves the old collection's shards with the alias's name, for all searches after it.
 * What then makes the proxy forget them differs by {@link ServerProfile}.
 *
 * <p>Searches do both looks at once, and so are never mistaken, until a test lets time pass between them.
 */
public final class ProxyCache {

    private record Name(String database, String name) {}

    private final ServerProfile profile;
    private final Map<Name, Long> collections = new HashMap<>();
    private final Map<Name, Long> shards = new HashMap<>();
    private final Queue<Faults.Hang> holds = new ConcurrentLinkedQueue<>();
    private final AtomicReference<Faults.Hang> heldChange = new AtomicReference<>();
    private volatile Duration pause = Duration.ZERO;

    ProxyCache(ServerProfile profile) {
        this.profile = profile;
    }

    /** How long each search waits between its looks. */
    public void pauseBetweenLooks(Duration duration) {
        pause = duration;
    }

    /** The next search, or query, does not take its second look before the result is closed. */
    public Faults.Hang holdNextSearch() {
        Faults.Hang hold = new Faults.Hang();
        holds.add(hold);
        return hold;
    }

    /**
     * The next change of an alias is not made before the result is closed; on servers that expire caches first, these
     * are expired by then.
     */
    public Faults.Hang holdNextChange() {
        Faults.Hang hold = new Faults.Hang();
        heldChange.set(hold);
        return hold;
    }

    Optional<Faults.Hang> heldChange() {
        return Optional.ofNullable(heldChange.getAndSet(null));
    }

    /** Nothing waits any longer. */
    void releaseAll() {
        holds.forEach(Faults.Hang::close);
        heldChange().ifPresent(Faults.Hang::close);
        pause = Duration.ZERO;
    }

    boolean letsTimePass() {
        return !pause.isZero() || !holds.isEmpty();
    }

    void letTimePass() {
        Faults.Hang hold = holds.poll();
        if (hold != null) {
            hold.hold(Faults.FOR_EVER);
        }
        new Faults.Hang().hold(pause);
    }

    long collection(String database, String name, LongSupplier truth) {
        return collections.computeIfAbsent(new Name(database, name), unknown -> truth.getAsLong());
    }

    /** @param collection as the first look found it */
    long shards(String database, String name, long collection) {
        return profile.remembersShardsByName()
                ? shards.computeIfAbsent(new Name(database, name), unknown -> collection)
                : collection;
    }

    /** As after a switch that it missed. */
    void remember(String database, String name, long collection) {
        collections.put(new Name(database, name), collection);
        shards.put(new Name(database, name), collection);
    }

    void expire(String database, String name) {
        collections.remove(new Name(database, name));
        shards.remove(new Name(database, name));
    }

    /** Whatever is remembered of a collection by any name, as when it is dropped. */
    void forget(long collection) {
        collections.values().removeIf(id -> id == collection);
        forgetShards(collection);
    }

    /** Where a collection's shards are, as when it is released. */
    void forgetShards(long collection) {
        shards.values().removeIf(id -> id == collection);
    }

    void forgetAll() {
        collections.clear();
        shards.clear();
    }
}
