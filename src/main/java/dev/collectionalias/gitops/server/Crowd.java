package dev.collectionalias.gitops.server;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Asks a server several questions at once, because each answer takes some milliseconds. */
public final class Crowd {

    private static final int AT_ONCE = 16;

    private Crowd() {}

    /**
     * @param progress hears the number of answers, from any thread, one call at a time
     * @return the answers in the order of the questions; throws the first question's failure
     */
    public static <T, R> List<R> map(List<T> things, Function<T, R> question, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        try (ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<R>> answers = new ArrayList<>();
            things.forEach(thing -> answers.add(threads.submit(() -> {
                R answer = question.apply(thing);
                synchronized (done) {
                    progress.accept(done.incrementAndGet());
                }
                return answer;
            })));
            return answers.stream().map(answer -> await(answer, threads)).toList();
        }
    }

    private static <R> R await(Future<R> answer, ExecutorService others) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            others.shutdownNow();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        } catch (ExecutionException e) {
            others.shutdownNow();
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e.getCause());
        }
    }
}
