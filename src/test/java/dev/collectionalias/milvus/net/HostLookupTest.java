package dev.collectionalias.milvus.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A question to a name server that does not answer. */
@Timeout(30)
class HostLookupTest {

    private static final String HOST = "milvus.example.com";
    private static final List<InetAddress> HERE = List.of(InetAddress.getLoopbackAddress());
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch answering = new CountDownLatch(1);
    private final BlockingQueue<Thread> asked = new LinkedBlockingQueue<>();
    private final HostLookup lookup = new HostLookup(host -> {
        asked.add(Thread.currentThread());
        awaitAnswer();
        if (!host.equals(HOST)) {
            throw new UnknownHostException(host);
        }
        return HERE;
    });

    @AfterEach
    void answer() {
        answering.countDown();
        callers.shutdownNow();
    }

    private void awaitAnswer() {
        try {
            answering.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // who asks is of no interest here
    void waitsOnAThreadThatHoldsNobodyUp() throws Exception {
        callers.submit(() -> lookup.of(HOST, LONG));

        assertThat(asked.take().isVirtual()).isFalse();
    }

    @Test
    void isAskedOnceForAllWhoWait() throws Exception {
        BlockingQueue<List<InetAddress>> answers = new LinkedBlockingQueue<>();
        List<Thread> waiting = Stream.generate(() -> Thread.startVirtualThread(() -> {
            try {
                answers.add(lookup.of(HOST, LONG));
            } catch (IOException | InterruptedException e) {
                throw new AssertionError(e);
            }
        })).limit(100).toList();
        await().until(() -> waiting.stream().allMatch(caller -> caller.getState() == Thread.State.TIMED_WAITING));
        answering.countDown();

        for (int i = 0; i < waiting.size(); i++) {
            assertThat(answers.take()).isEqualTo(HERE);
        }
        assertThat(asked).hasSize(1);
    }

    @Test
    void isAskedAnewOnceItHasAnswered() throws Exception {
        answering.countDown();

        await().until(() -> {
            lookup.of(HOST, LONG);
            return asked.size() == 2;
        });
    }

    @Test
    void isLeftInTimeAndGoesOnForThoseWhoAskLater() throws Exception {
        assertThatThrownBy(() -> lookup.of(HOST, SHORT)).isInstanceOf(HostLookup.LateException.class)
                .hasMessage("the name server did not answer within 50 ms");
        Future<List<InetAddress>> later = callers.submit(() -> lookup.of(HOST, LONG));
        answering.countDown();

        assertThat(later.get()).isEqualTo(HERE);
    }

    @Test
    void aHostThatIsNotThereIsNoMatterOfTime() {
        answering.countDown();

        assertThatThrownBy(() -> lookup.of("typo.example.com", LONG)).isInstanceOf(UnknownHostException.class);
    }
}
