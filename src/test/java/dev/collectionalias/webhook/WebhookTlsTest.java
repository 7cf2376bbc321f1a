package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;
import dev.collectionalias.support.SelfSigned;
import org.junit.jupiter.api.Test;

/** A webhook with https needs a certificate for its host from an authority that the caller trusts. */
class WebhookTlsTest extends WebhookStage {

    @Test
    void httpsToAServerWithoutItIsNoAnswer() throws Exception {
        try (ServerSocket plain = accepting(
                socket -> socket.getOutputStream().write(unescaped("HTTP/1.1 400 Bad Request\\r\\n\\r\\n")))) {
            assertUnanswered(new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(
                    question("https://gate.shop.svc:" + plain.getLocalPort(), LONG)), "it does not speak TLS");
        }
    }

    @Test
    void httpToAServerWithTlsIsNoAnswer() throws IOException {
        HttpsServer https = serving(SelfSigned.certificateFor("dns:" + GATE));

        assertThat(ask(https.getAddress().getPort(), LONG)).isInstanceOf(Unanswered.class);
        https.stop(0);
    }

    @Test
    void aCertificateForTheHostIsAccepted() throws IOException {
        SSLContext certificate = SelfSigned.certificateFor("dns:" + GATE);

        assertThat(askOverTls(certificate, certificate.getSocketFactory())).isEqualTo(new Answered(200));
    }

    @Test
    void aCertificateForTheAddressAloneIsNot() throws IOException {
        SSLContext certificate = SelfSigned.certificateFor("ip:127.0.0.1");

        assertUnanswered(askOverTls(certificate, certificate.getSocketFactory()), "the TLS handshake failed");
    }

    @Test
    void aCertificateThatNobodyVouchesForIsNot() throws IOException {
        assertUnanswered(askOverTls(SelfSigned.certificateFor("dns:" + GATE),
                (SSLSocketFactory) SSLSocketFactory.getDefault()), "the TLS handshake failed");
    }

    private HttpsServer serving(SSLContext certificate) throws IOException {
        HttpsServer https = HttpsServer.create(new InetSocketAddress(HERE, 0), 0);
        https.setHttpsConfigurator(new HttpsConfigurator(certificate));
        https.setExecutor(threads);
        https.createContext("/", exchange -> answer(exchange, 200));
        https.start();
        return https;
    }

    private WebhookAnswer askOverTls(SSLContext served, SSLSocketFactory trusting) throws IOException {
        HttpsServer https = serving(served);
        try {
            return new HttpWebhookCaller(HERE_TOO, gateAt(HERE), trusting)
                    .ask(question("https://gate.shop.svc:" + https.getAddress().getPort(), LONG));
        } finally {
            https.stop(0);
        }
    }
}
