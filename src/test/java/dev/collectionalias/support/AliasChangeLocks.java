package dev.collectionalias.support;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import io.milvus.shaded.io.grpc.Status;

/**
 * The changes of aliases in one database are made one after the other, as Milvus makes them: more calls at once bring
 * nothing but waiting.
 */
final class AliasChangeLocks {

    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();
    /** Milvus takes this long for a change, and the next one waits for it. */
    private volatile Duration duration = Duration.ZERO;

    void last(Duration each) {
        duration = each;
    }

    void take(String database, Runnable change) {
        ReentrantLock lock = locks.computeIfAbsent(database, name -> new ReentrantLock(true));
        try {
            lock.lockInterruptibly();
            try {
                Thread.sleep(duration);
                change.run();
            } finally {
                lock.unlock();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Status.CANCELLED.withDescription("the server is going away").asRuntimeException();
        }
    }
}
