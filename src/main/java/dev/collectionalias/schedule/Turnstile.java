package dev.collectionalias.schedule;

import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import com.google.common.util.concurrent.Uninterruptibles;

/**
 * Runs each reconcile on a virtual thread of its own, but lets only so many talk to the API server at once: it takes a
 * hundred requests at a time on a connection, and the HTTP client fails the next. A reconcile steps outside while it
 * waits for Milvus or for its turn, so that a server that hangs takes no place away from the others.
 *
 * <p>Who comes back goes first, and a reconcile that has no place yet is not begun: of thousands that are due at once, few
 * are under way, and the others take no memory.
 *
 * <p>Nobody inside ever waits for a lock, or for somebody outside: otherwise all places could be taken by those who wait.
 */
public final class Turnstile extends AbstractExecutorService {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Lock lock = new ReentrantLock();
    private final Queue<CountDownLatch> returning = new ArrayDeque<>();
    private final Queue<Runnable> notBegun = new ArrayDeque<>();
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private int places;

    /** @param places how many may be inside at once */
    public Turnstile(int places) {
        this.places = places;
    }

    @Override
    public void execute(Runnable work) {
        lock.lock();
        try {
            if (threads.isShutdown()) {
                throw new RejectedExecutionException("the operator stops");
            }
            notBegun.add(work);
            admit();
        } finally {
            lock.unlock();
        }
    }

    /** Waits for something, without a place. */
    public <T> T outside(Supplier<T> wait) {
        if (!inside.get()) {
            return wait.get();
        }
        leave();
        try {
            return wait.get();
        } finally {
            comeBack();
        }
    }

    private void run(Runnable work) {
        inside.set(true);
        try {
            work.run();
        } finally {
            leave();
        }
    }

    private void leave() {
        inside.set(false);
        lock.lock();
        try {
            places++;
            admit();
        } finally {
            lock.unlock();
        }
    }

    private void comeBack() {
        CountDownLatch admitted = new CountDownLatch(1);
        lock.lock();
        try {
            returning.add(admitted);
            admit();
        } finally {
            lock.unlock();
        }
        Uninterruptibles.awaitUninterruptibly(admitted);
        inside.set(true);
    }

    /** Fills the places that are free; the lock is held. What is not begun when the operator stops is left to the next one. */
    private void admit() {
        while (places > 0 && !returning.isEmpty()) {
            places--;
            returning.remove().countDown();
        }
        while (places > 0 && !notBegun.isEmpty() && !threads.isShutdown()) {
            places--;
            Runnable work = notBegun.remove();
            threads.execute(() -> run(work));
        }
    }

    @Override
    public void shutdown() {
        lock.lock();
        try {
            threads.shutdown();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Runnable> shutdownNow() {
        shutdown();
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
