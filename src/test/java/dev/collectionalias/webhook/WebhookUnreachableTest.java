package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;
import org.junit.jupiter.api.Test;

/** The caller says why it got no answer, once it has tried each address. */
class WebhookUnreachableTest extends WebhookStage {

    @Test
    void aConnectionThatIsClosedIsNoAnswer() throws Exception {
        try (ServerSocket closing = listening(socket -> {})) {
            assertUnanswered(ask(closing.getLocalPort(), LONG), "the connection was closed before an answer came");
        }
    }

    @Test
    void aClosedPortIsNoAnswer() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, HERE)) {
            port = socket.getLocalPort();
        }

        assertUnanswered(ask(port, LONG), "nothing listens on this port");
    }

    @Test
    void anUnknownHostIsNoAnswer() {
        assertUnanswered(new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(question("http://typo.shop.svc/", LONG)),
                "the host can't be looked up");
    }

    @Test
    void aLookUpThatFailsIsNoAnswer() {
        HttpWebhookCaller caller = new HttpWebhookCaller(HERE_TOO, new HostLookup(host -> {
            throw new IllegalStateException("broken");
        }));

        assertThat(caller.ask(question("http://gate.shop.svc/", LONG)))
                .isEqualTo(new Unanswered("the webhook gate.shop.svc:80: it can't be asked"));
    }

    @Test
    void theNextAddressIsTriedIfNothingListensAtTheFirst() throws IOException {
        answering(exchange -> answer(exchange, 200));
        HttpWebhookCaller caller = new HttpWebhookCaller(HERE_TOO,
                gateAt(InetAddress.getByName("127.0.0.3"), HERE));

        assertThat(caller.ask(question("http://gate.shop.svc:" + server.getAddress().getPort(), LONG)))
                .isEqualTo(new Answered(200));
    }
}
