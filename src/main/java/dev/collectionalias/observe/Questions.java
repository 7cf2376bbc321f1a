package dev.collectionalias.observe;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import dev.collectionalias.milvus.MilvusException;

/** Asks a server several things at once: each takes some milliseconds, and none depends on another. */
final class Questions implements AutoCloseable {

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @return a supplier that waits for the answer, and throws what the question threw */
    <T> Supplier<T> ask(Supplier<T> question) {
        Future<T> answer = threads.submit(question::get);
        return () -> await(answer);
    }

    static <T> T await(Future<T> answer) {
        try {
            return answer.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MilvusException(MilvusException.Kind.UNAVAILABLE, "interrupted while asking Milvus", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof MilvusException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }

    /** Waits for the answers that nobody needs any more. */
    @Override
    public void close() {
        threads.close();
    }
}
