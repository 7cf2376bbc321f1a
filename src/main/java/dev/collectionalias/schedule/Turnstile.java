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
 * Runs each reconcile on a virtual thread of its own, but begins only as many as there are places. Ten thousand that begin at once
 * take 75 MiB of stacks, and their calls time each other out ({@code bench/README.md}, "What was tried"). A reconcile steps outside
 * while it waits for Milvus or for its turn, so that a server that hangs takes no place away from the others. A reconcile that comes
 * back goes first.
 *
 * <p>This is no limit on calls to the API server; {@code OperatorHttpClient} is.
 *
 * <p>A reconcile inside must wait neither for a lock nor for one outside. Otherwise those that wait could take all places.
 */
public final class Turnstile extends AbstractExecutorService {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Lock lock = new ReentrantLock();
    private final Queue<CountDownLatch> returning = new ArrayDeque<>();
    private final Queue<Runnable> notBegun = new ArrayDeque<>();
    private final ThreadLocal<Boolean> inside = ThreadLocal.withInitial(() -> false);
    private int places;

    /** @param places how many reconciles may be inside at once */
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

    /** Gives the place away for as long as the reconcile waits. */
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

    /** Fills the free places. The caller holds the lock. After a stop it begins nothing: the next operator will. */
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
