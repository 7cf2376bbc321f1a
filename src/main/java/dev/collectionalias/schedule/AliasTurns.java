package dev.collectionalias.schedule;

import java.util.Optional;
import java.util.concurrent.locks.Lock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.google.common.util.concurrent.Striped;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;

/**
 * Gives objects their turns. Objects that claim one alias of one server take turns, so that each knows what the one before it
 * wrote. Only so many objects of one server have a turn at once.
 */
public final class AliasTurns {

    private static final int UNDER_WAY_ON_ONE_SERVER = 64;

    /** @param server where it is; empty: nobody knows yet */
    private record AliasOnServer(Optional<Endpoint> server, String database, String alias) {}

    /** The right to decide about one alias of one server, until it is closed. */
    public static final class Turn implements AutoCloseable {
        private final Optional<Endpoint> server;
        private final Lock lock;
        private final ServerLanes.Entry entry;

        private Turn(Optional<Endpoint> server, Lock lock, ServerLanes.Entry entry) {
            this.server = server;
            this.lock = lock;
            this.entry = entry;
        }

        /** Whether others of the same server take turns with this one. */
        public boolean isServerKnown() {
            return server.isPresent();
        }

        @Override
        public void close() {
            lock.unlock();
            entry.close();
        }
    }

    private final Striped<Lock> turns = Striped.lazyWeakLock(Integer.MAX_VALUE);
    private final ServerLanes lanes;
    private final Turnstile turnstile;

    /** @param wake makes an object that found no room try again */
    public AliasTurns(Turnstile turnstile, Consumer<ObjectName> wake) {
        this.lanes = new ServerLanes(UNDER_WAY_ON_ONE_SERVER, wake);
        this.turnstile = turnstile;
    }

    /**
     * Waits for the object's turn.
     *
     * @param server tells where the alias is, anew for each question: the operator may learn it while the object waits
     * @return empty if there is no room on the server; {@code wake} is called when there may be
     */
    public Optional<Turn> take(Subject object, Supplier<Optional<Endpoint>> server) {
        return lanes.enter(server.get(), object.name()).map(entry -> {
            try {
                return await(object, server, entry);
            } catch (Throwable e) {
                entry.close();
                throw e;
            }
        });
    }

    private Turn await(Subject object, Supplier<Optional<Endpoint>> server, ServerLanes.Entry entry) {
        while (true) {
            Optional<Endpoint> before = server.get();
            Lock lock = turns.get(new AliasOnServer(before, object.spec().database(), object.spec().alias()));
            turnstile.outside(() -> {
                lock.lock();
                return lock;
            });
            boolean same = false;
            try {
                same = before.equals(server.get());
            } finally {
                if (!same) {
                    lock.unlock();
                }
            }
            if (same) {
                return new Turn(before, lock, entry);
            }
        }
    }
}
