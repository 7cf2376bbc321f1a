package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.ServerSocket;

import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The status alone is the answer, and only an HTTP server can give one. */
class WebhookAnswerTest extends WebhookStage {

    @ParameterizedTest
    @ValueSource(ints = {200, 204, 304, 400, 401, 404, 407, 500, 503})
    void theStatusIsTheAnswer(int status) {
        answering(exchange -> answer(exchange, status));

        assertThat(ask()).isEqualTo(new Answered(status));
    }

    @Test
    void aRedirectIsNotFollowed() {
        answering(exchange -> {
            exchange.getResponseHeaders().set("Location", "/elsewhere");
            answer(exchange, 302);
        });

        assertThat(ask()).isEqualTo(new Answered(302));
        assertThat(received).hasSize(1);
    }

    @Test
    void aBodyThatNeverEndsIsNotWaitedFor() {
        answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write('x');
            exchange.getResponseBody().flush();
            await(over);
        });

        assertThat(ask()).isEqualTo(new Answered(200));
    }

    @Test
    void aHugeBodyIsNotRead() {
        answering(exchange -> {
            exchange.sendResponseHeaders(200, 0);
            OutputStream body = exchange.getResponseBody();
            while (over.getCount() > 0) {
                body.write(new byte[1 << 16]);
            }
        });

        assertThat(ask()).isEqualTo(new Answered(200));
    }

    @ParameterizedTest
    @CsvSource({"HTTP/1.1 103 Early Hints\\r\\nLink: </a>\\r\\n\\r\\nHTTP/1.1 200 OK\\r\\n, 200",
            "HTTP/1.0 404\\n, 404", "HTTP/1.1 200\\r\\n, 200"})
    void answersComeInMoreThanOneForm(String sent, int status) throws Exception {
        try (ServerSocket odd = listening(socket -> socket.getOutputStream().write(unescaped(sent)))) {
            assertThat(ask(odd.getLocalPort(), LONG)).isEqualTo(new Answered(status));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SSH-2.0-OpenSSH\\r\\n", "HTTP/2 200\\r\\n", "HTTP/1.1 20x\\r\\n", "\\n"})
    void whatIsNoHttpIsNotShown(String sent) throws Exception {
        try (ServerSocket odd = listening(socket -> socket.getOutputStream().write(unescaped(sent)))) {
            assertUnanswered(ask(odd.getLocalPort(), LONG), "the answer is not HTTP/1.1");
        }
    }

    @Test
    void aLineWithoutAnEndIsNotReadOn() throws Exception {
        try (ServerSocket endless = listening(socket -> {
            while (over.getCount() > 0) {
                socket.getOutputStream().write(new byte[1 << 12]);
            }
        })) {
            assertUnanswered(ask(endless.getLocalPort(), LONG), "the answer is not HTTP/1.1");
        }
    }
}
