package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;
import org.junit.jupiter.api.Test;

/** The caller waits for nothing longer than the webhook's timeout. */
class WebhookDeadlineTest extends WebhookStage {

    private static final Duration SHORT = Duration.ofMillis(300);

    @Test
    void aServerThatHangsIsLeftInTime() {
        answering(exchange -> await(over));

        assertUnanswered(ask(server.getAddress().getPort(), SHORT),
                "the webhook gate.shop.svc:" + server.getAddress().getPort() + " did not answer within 300 ms");
    }

    @Test
    void aSlowStatusLineIsLeftInTimeAndItsConnectionClosed() throws Exception {
        CountDownLatch closed = new CountDownLatch(1);
        try (ServerSocket drip = listening(socket -> {
            try {
                while (over.getCount() > 0) {
                    socket.getOutputStream().write('H');
                    over.await(20, TimeUnit.MILLISECONDS);
                }
            } catch (IOException e) {
                closed.countDown();
            }
        })) {
            // Long enough to be connected on a busy machine, too: else there is nothing to close.
            assertUnanswered(ask(drip.getLocalPort(), Duration.ofSeconds(3)), "did not answer within 3000 ms");
            assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void aNameServerThatHangsIsLeftInTime() {
        HttpWebhookCaller caller = new HttpWebhookCaller(HERE_TOO, new HostLookup(host -> {
            await(over);
            return List.of(HERE);
        }));

        assertThat(caller.ask(question("http://gate.shop.svc", SHORT))).isEqualTo(new Unanswered(
                "the webhook gate.shop.svc:80: the name server did not answer within 300 ms"));
    }

    @Test
    void anInterruptIsKept() {
        answering(exchange -> await(over));
        Thread.currentThread().interrupt();

        assertUnanswered(ask(), "stopping");
        assertThat(Thread.interrupted()).isTrue();
    }
}
