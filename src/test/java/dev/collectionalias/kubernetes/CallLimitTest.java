package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeoutException;

import org.junit.jupiter.api.Test;

@SuppressWarnings("FutureReturnValueIgnored") // the test ends the calls itself
class CallLimitTest {

    private final CallLimit limit = new CallLimit(2);
    private final List<Call> begun = new ArrayList<>();
    private final List<String> unwanted = new ArrayList<>();

    /** A call that was begun. */
    private record Call(CompletableFuture<String> answer, CompletableFuture<Void> end) {

        void answerAndEnd() {
            answer.complete("answer");
            end.complete(null);
        }
    }

    private CompletableFuture<String> run() {
        CompletableFuture<Void> end = new CompletableFuture<>();
        return limit.run(() -> {
            Call call = new Call(new CompletableFuture<>(), end);
            begun.add(call);
            return call.answer();
        }, answer -> end, unwanted::add);
    }

    @Test
    void oneMoreWaitsUntilACallIsOver() {
        run();
        run();
        CompletableFuture<String> third = run();
        assertThat(begun).hasSize(2);

        begun.get(1).answer().complete("answer");
        assertThat(begun).as("while an answer is read").hasSize(2);
        begun.get(1).end().complete(null);

        assertThat(begun).hasSize(3);
        begun.get(2).answerAndEnd();
        assertThat(third).isCompletedWithValue("answer");
    }

    @Test
    void aCallThatFailsOrIsCutOffLeavesItsPlace() {
        CompletableFuture<String> failed = run();
        CompletableFuture<String> cutOff = run();
        run();
        run();

        begun.get(0).answer().completeExceptionally(new IllegalStateException("refused"));
        begun.get(1).answer().complete("answer");
        begun.get(1).end().completeExceptionally(new IllegalStateException("cut off"));

        assertThat(begun).hasSize(4);
        assertThat(failed).isCompletedExceptionally();
        assertThat(cutOff).isCompletedWithValue("answer");
    }

    @Test
    void aCallThatNobodyWaitsForAnyMoreIsNotBegun() {
        run();
        run();
        run().completeExceptionally(new TimeoutException());
        run();

        begun.get(0).answerAndEnd();

        assertThat(begun).as("the fourth took the place of the third").hasSize(3);
        begun.get(2).answerAndEnd();
        run();
        assertThat(begun).hasSize(4);
    }

    @Test
    void aCallHasItsPlaceUntilItEndsThoughItsCallerGivesUp() {
        run().completeExceptionally(new TimeoutException());
        run();
        run();
        assertThat(begun).hasSize(2);

        begun.getFirst().answerAndEnd();

        assertThat(unwanted).containsExactly("answer");
        assertThat(begun).hasSize(3);
    }

    /** As when the client was closed. */
    @Test
    void manyCallsThatFailAtOnceFillNoStack() {
        run();
        run();
        List<CompletableFuture<String>> calls = new ArrayList<>();
        for (int i = 0; i < 100_000; i++) {
            calls.add(limit.run(() -> {
                throw new IllegalStateException("closed");
            }, answer -> new CompletableFuture<>(), unwanted::add));
        }

        begun.getFirst().answerAndEnd();

        assertThat(calls).allMatch(CompletableFuture::isCompletedExceptionally);
    }
}
