package dev.collectionalias.act;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.google.common.util.concurrent.Striped;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.SwitchMarks;

/**
 * The changes of collections' properties by this process. Two in a row fail inserts, so that they are kept apart; and one
 * expires what proxies remember of each alias of its collection, so that it serves all objects that wait for one.
 */
final class CollectionAlterations {

    record Collection(String endpoint, String database, String name) {}

    private final Map<Collection, Instant> last = new ConcurrentHashMap<>();
    private final Striped<Lock> turns = Striped.lazyWeakLock(Integer.MAX_VALUE);
    private final Clock clock;

    CollectionAlterations(Clock clock) {
        this.clock = clock;
    }

    /** Whether an alteration was made, which it need not be where the property is as it should be already. */
    enum Change {
        MADE, NOT_NEEDED
    }

    /**
     * Makes a change in its turn.
     *
     * @param isEnough whether a change of that time serves as well
     */
    Outcome inTurn(Collection collection, Predicate<Instant> isEnough, Supplier<Change> change) {
        Lock turn = turns.get(collection);
        turn.lock();
        try {
            Instant begin = clock.instant();
            last.values().removeIf(at -> age(at, begin).compareTo(SwitchMarks.APART) >= 0);
            Instant before = last.get(collection);
            if (before != null && isEnough.test(before)) {
                return new Outcome.Done(Duration.ZERO, false);
            }
            if (before != null) {
                return new Outcome.NotYet(SwitchMarks.APART.minus(age(before, begin)));
            }
            if (change.get() == Change.MADE) {
                last.put(collection, begin);
            }
            return new Outcome.Done(Duration.between(begin, clock.instant()), false);
        } finally {
            turn.unlock();
        }
    }

    /** Though the clock be put back. */
    private static Duration age(Instant at, Instant now) {
        return Duration.between(at, now).abs();
    }
}
