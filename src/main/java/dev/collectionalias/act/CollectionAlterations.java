package dev.collectionalias.act;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.google.common.util.concurrent.Striped;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.plan.confirmation.SwitchMarks;
import dev.collectionalias.plan.step.Outcome;

/**
 * The changes of collections' properties by this process. Two in a row fail inserts, so this class keeps them apart. One
 * expires what proxies remember of each alias of its collection, so it serves all objects that wait for one.
 */
final class CollectionAlterations {

    record Collection(String endpoint, String database, String name) {}

    /** How long a change waits for another one that is under way. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    /** Whether the process changed the property. It need not where the property is right already. */
    enum Change {
        MADE, NOT_NEEDED
    }

    /**
     * @param began empty where nobody knows whether the server made the change
     * @param ended the server may have made the change until then
     */
    private record Alteration(Optional<Instant> began, Instant ended) {}

    private final Map<Collection, Alteration> last = new ConcurrentHashMap<>();
    private final Striped<Lock> turns = Striped.lazyWeakLock(Integer.MAX_VALUE);
    private final Clock clock;

    CollectionAlterations(Clock clock) {
        this.clock = clock;
    }

    /**
     * Makes a change in its turn. If the turn is yet to come, it says so at once: nobody waits here for a server that
     * answers somebody else.
     *
     * @param isEnough whether a change that began then serves as well
     */
    Outcome inTurn(Collection collection, Predicate<Instant> isEnough, Supplier<Change> change) {
        Lock turn = turns.get(collection);
        if (!turn.tryLock()) {
            return new Outcome.NotYet(A_MOMENT);
        }
        try {
            Instant now = clock.instant();
            last.values().removeIf(old -> age(old, now).compareTo(SwitchMarks.APART) >= 0);
            Alteration before = last.get(collection);
            if (before == null) {
                return make(collection, change);
            }
            return before.began().filter(isEnough).isPresent()
                    ? new Outcome.Done(Duration.ZERO, false)
                    : new Outcome.NotYet(SwitchMarks.APART.minus(age(before, now)));
        } finally {
            turn.unlock();
        }
    }

    private Outcome make(Collection collection, Supplier<Change> change) {
        Instant begin = clock.instant();
        try {
            if (change.get() == Change.MADE) {
                last.put(collection, new Alteration(Optional.of(begin), clock.instant()));
            }
            return new Outcome.Done(Duration.between(begin, clock.instant()), false);
        } catch (MilvusException e) {
            if (e.kind() == MilvusException.Kind.UNAVAILABLE || e.kind() == MilvusException.Kind.REPLACED) {
                last.put(collection, new Alteration(Optional.empty(), clock.instant()));
            }
            throw e;
        }
    }

    /** Never negative, even if somebody puts the clock back. */
    private static Duration age(Alteration alteration, Instant now) {
        return Duration.between(alteration.ended(), now).abs();
    }
}
