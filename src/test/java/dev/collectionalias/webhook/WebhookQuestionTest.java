package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.webhook.WebhookCaller.Phase;
import dev.collectionalias.webhook.WebhookCaller.Question;
import org.junit.jupiter.api.Test;

/** What a webhook is asked. */
class WebhookQuestionTest extends WebhookStage {

    @Test
    void theQuestionIsASmallJson() throws Exception {
        answering(exchange -> answer(exchange, 200));
        int port = server.getAddress().getPort();

        WebhookAnswer answer = new HttpWebhookCaller(HERE_TOO, gateAt(HERE))
                .ask(question("http://gate.shop.svc.cluster.local:" + port + "/ready/%2f?strict=é#part", LONG));

        assertThat(answer).isEqualTo(new Answered(200));
        Received request = received.take();
        assertThat(request.method()).isEqualTo("POST");
        assertThat(request.path()).isEqualTo("/ready/%2f?strict=%C3%A9");
        assertThat(request.headers()).containsEntry("Host", List.of("gate.shop.svc.cluster.local:" + port))
                .containsEntry("Content-type", List.of("application/json"))
                .containsEntry("User-agent", List.of("collection-alias-operator"));
        assertThat(new ObjectMapper().readValue(request.body(), Object.class)).isEqualTo(Map.of("name", "products",
                "namespace", "shop", "phase", "Checking", "from", "products_v1", "to", "products_v2", "revision", 7));
    }

    @Test
    void aNewAliasComesFromNull() throws Exception {
        answering(exchange -> answer(exchange, 200));

        new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(new Question(
                "http://gate.shop:" + server.getAddress().getPort(), LONG,
                new ObjectName("shop", "products"), Phase.Verifying, null, "products_v1", 1));

        assertThat(received.take().body()).isEqualTo("{\"name\":\"products\",\"namespace\":\"shop\","
                + "\"phase\":\"Verifying\",\"from\":null,\"to\":\"products_v1\",\"revision\":1}");
    }
}
