package dev.collectionalias.reconciler;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs each reconcile on a virtual thread of its own, but lets only so many talk to the API server at once: it takes a
 * hundred requests at a time on a connection, and the HTTP client fails the next. A reconcile steps outside while it
 * waits for Milvus or for its turn, so that a server that hangs takes no place away from the others.
 *
 * <p>Nobody inside ever waits for a lock, or for somebody outside: otherwise all places could be taken by those who wait.
 */
final class Turnstile extends AbstractExecutorService {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore places;
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);

    /** @param places how many may be inside at once */
    Turnstile(int places) {
        this.places = new Semaphore(places);
    }

    @Override
    public void execute(Runnable work) {
        threads.execute(() -> {
            try {
                places.acquire();
            } catch (InterruptedException e) {
                return; // the operator stops; what was not begun is left to the next one
            }
            inside.set(true);
            try {
                work.run();
            } finally {
                inside.set(false);
                places.release();
            }
        });
    }

    /** Waits for something, without a place. */
    <T> T outside(Supplier<T> wait) {
        if (!inside.get()) {
            return wait.get();
        }
        inside.set(false);
        places.release();
        try {
            return wait.get();
        } finally {
            places.acquireUninterruptibly();
            inside.set(true);
        }
    }

    @Override
    public void shutdown() {
        threads.shutdown();
    }

    @Override
    public List<Runnable> shutdownNow() {
        return threads.shutdownNow();
    }

    @Override
    public boolean isShutdown() {
        return threads.isShutdown();
    }

    @Override
    public boolean isTerminated() {
        return threads.isTerminated();
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) throws InterruptedException {
        return threads.awaitTermination(timeout, unit);
    }
}
