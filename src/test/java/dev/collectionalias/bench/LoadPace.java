package dev.collectionalias.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntFunction;

/** When the calls of a load are made: so many a second whatever becomes of them, or so many at once. */
sealed interface LoadPace {

    /** Makes the calls with the numbers from 0 on, and returns what they returned. */
    <T> List<T> run(int count, IntFunction<T> call);

    /** A call that takes long does not keep the next one from being made in time. */
    record Steady(double perSecond) implements LoadPace {
        @Override
        public <T> List<T> run(int count, IntFunction<T> call) {
            long start = System.nanoTime();
            try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
                List<Future<T>> calls = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    long due = start + (long) (i * Duration.ofSeconds(1).toNanos() / perSecond);
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    calls.add(threads.submit(numbered(call, i)));
                }
                return results(calls);
            }
        }
    }

    /** Each connection makes its next call when the one before is answered. */
    record Burst(int connections) implements LoadPace {
        @Override
        public <T> List<T> run(int count, IntFunction<T> call) {
            try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
                List<Future<T>> calls = new ArrayList<>();
                for (int i = 0; i < count; i++) {
                    calls.add(threads.submit(numbered(call, i)));
                }
                return results(calls);
            }
        }
    }

    private static <T> Callable<T> numbered(IntFunction<T> call, int number) {
        return () -> call.apply(number);
    }

    private static <T> List<T> results(List<Future<T>> calls) {
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> call : calls) {
                results.add(call.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a call of the load failed: " + e.getCause().getMessage(), e);
        }
    }
}
