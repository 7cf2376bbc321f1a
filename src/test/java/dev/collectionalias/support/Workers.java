package dev.collectionalias.support;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Threads that do the same again and again until they are stopped. */
final class Workers {

    private final List<Thread> threads;
    private volatile boolean stopped;

    /** @param work of each of them, once round */
    Workers(String name, int count, Supplier<Runnable> work) {
        threads = IntStream.range(0, count)
                .mapToObj(number -> Thread.ofPlatform().name(name + "-" + number).start(() -> run(work.get())))
                .toList();
    }

    private void run(Runnable round) {
        while (!stopped) {
            round.run();
        }
    }

    /** Lets each finish its round. */
    void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
