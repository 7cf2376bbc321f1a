package dev.collectionalias.kubernetes;

import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lets only so many calls be under way at once. The others wait in the order in which they came, and take no thread. */
@SuppressWarnings("FutureReturnValueIgnored") // callers learn of a failure by the answer
final class CallLimit {

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicInteger places;
    private final AtomicInteger admissions = new AtomicInteger();

    /** @param most how many calls may be under way */
    CallLimit(int most) {
        places = new AtomicInteger(most);
    }

    /**
     * A call that was begun has its place until it ends, even if the caller gives up: the server is still busy with it.
     *
     * @param call     begins the call
     * @param end      tells of an answer when the call gives its place away
     * @param unwanted takes an answer for which nobody waits any more
     */
    <T> CompletableFuture<T> run(Supplier<CompletableFuture<T>> call, Function<T, CompletableFuture<?>> end,
            Consumer<T> unwanted) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        waiting.add(() -> begin(call, end, unwanted, answer));
        admit();
        return answer;
    }

    private <T> void begin(Supplier<CompletableFuture<T>> call, Function<T, CompletableFuture<?>> end,
            Consumer<T> unwanted, CompletableFuture<T> answer) {
        if (answer.isDone()) { // the caller has given up
            leave();
            return;
        }
        start(call).whenComplete((result, failure) -> {
            if (failure != null) {
                leave();
                answer.completeExceptionally(failure);
                return;
            }
            end.apply(result).whenComplete((nothing, cutOff) -> leave());
            if (!answer.complete(result)) {
                unwanted.accept(result);
            }
        });
    }

    private static <T> CompletableFuture<T> start(Supplier<CompletableFuture<T>> call) {
        try {
            return call.get();
        } catch (Throwable e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private void leave() {
        places.incrementAndGet();
        admit();
    }

    /** One thread admits for all. Otherwise calls that fail at once would begin each other, ever deeper on one stack. */
    private void admit() {
        if (admissions.getAndIncrement() > 0) {
            return;
        }
        do {
            while (places.get() > 0 && !waiting.isEmpty()) {
                places.decrementAndGet();
                waiting.remove().run();
            }
        } while (admissions.decrementAndGet() > 0);
    }
}
