package dev.collectionalias.act;

import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.function.Supplier;

import com.google.common.util.concurrent.Striped;
import dev.collectionalias.plan.AliasKey;

/**
 * Keeps a drop on an old server apart from all other changes of aliases in its database. Such a drop wipes what other
 * aliases have stored. All other changes may overlap.
 */
final class DatabaseLocks {

    private record DatabaseKey(String endpoint, String database) {}

    private final Striped<ReadWriteLock> databases = Striped.lazyWeakReadWriteLock(Integer.MAX_VALUE);

    /** Runs beside other changes of aliases of the same database. */
    <T> T shared(AliasKey alias, Supplier<T> change) {
        return locked(of(alias).readLock(), change);
    }

    /** Runs while nobody changes another alias of the same database. */
    <T> T alone(AliasKey alias, Supplier<T> change) {
        return locked(of(alias).writeLock(), change);
    }

    private ReadWriteLock of(AliasKey alias) {
        return databases.get(new DatabaseKey(alias.endpoint(), alias.database()));
    }

    private static <T> T locked(Lock lock, Supplier<T> change) {
        lock.lock();
        try {
            return change.get();
        } finally {
            lock.unlock();
        }
    }
}
