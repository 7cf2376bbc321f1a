package dev.collectionalias.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.NotAllowed;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The caller asks no URL, host or address that its policy does not allow. */
class WebhookNotAllowedTest extends WebhookStage {

    /** U+1FEF is a grave accent once it is normalized, which no address may have; U+D800 is half of a character. */
    @Test
    void aUrlThatIsNoneOnceItIsWrittenInAsciiIsNotAsked() {
        for (String path : List.of("\u1fef", "\ud800")) {
            assertNotAllowed(new HttpWebhookCaller(HERE_TOO, gateAt(HERE))
                    .ask(question("http://" + GATE + "/" + path, LONG)), "the webhook's url must be");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://gate.shop.svc:0/", "http://gate.shop.svc:65536/", "http://user:word@gate.shop.svc/",
            "ftp://gate.shop.svc/", "file:///etc/passwd", "gate.shop.svc", "http://gate.shop.svc/%",
            "http://gate.shop.svc/{"})
    void whatIsNoHttpAddressIsNotAllowed(String url) {
        assertNotAllowed(new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(question(url, LONG)), "http://host");
    }

    @Test
    void aHostThatIsNotAllowedIsNotLookedUp() {
        AtomicInteger lookups = new AtomicInteger();
        HttpWebhookCaller caller = new HttpWebhookCaller(HERE_TOO, new HostLookup(host -> {
            lookups.incrementAndGet();
            return List.of(HERE);
        }));

        assertNotAllowed(caller.ask(question("http://gate.other.svc/", LONG)), "WEBHOOK_ALLOWED_HOSTS");
        assertNotAllowed(caller.ask(question("http://2130706433/", LONG)), "is an address");
        assertNotAllowed(caller.ask(question("http://[::1]/", LONG)), "is an address");
        assertThat(lookups).hasValue(0);
    }

    @Test
    void aNameOfThisMachineIsNotAllowed() {
        answering(exchange -> answer(exchange, 200));
        HttpWebhookCaller caller = new HttpWebhookCaller(WebhookPolicy.OWN_NAMESPACE, gateAt(HERE));

        assertNotAllowed(caller.ask(question("http://gate.shop.svc:" + server.getAddress().getPort(), LONG)),
                "has the reserved address 127.0.0.1");
        assertThat(received).isEmpty();
    }

    @Test
    void oneReservedAddressAmongSeveralIsEnough() throws IOException {
        answering(exchange -> answer(exchange, 200));
        HttpWebhookCaller caller = new HttpWebhookCaller(HERE_TOO,
                gateAt(HERE, InetAddress.getByName("169.254.169.254")));

        assertNotAllowed(caller.ask(question("http://gate.shop.svc:" + server.getAddress().getPort(), LONG)),
                "has the reserved address 169.254.169.254");
        assertThat(received).isEmpty();
    }

    @Test
    void theHostIsLookedUpOnce() {
        answering(exchange -> answer(exchange, 200));
        AtomicInteger lookups = new AtomicInteger();
        HttpWebhookCaller caller = new HttpWebhookCaller(HERE_TOO, new HostLookup(host -> List
                .of(lookups.incrementAndGet() == 1 ? HERE : InetAddress.getByName("169.254.169.254"))));

        assertThat(caller.ask(question("http://gate.shop.svc:" + server.getAddress().getPort(), LONG)))
                .isEqualTo(new Answered(200));
        assertThat(lookups).hasValue(1);
    }

    private static void assertNotAllowed(WebhookAnswer answer, String words) {
        assertThat(answer).isInstanceOfSatisfying(NotAllowed.class, it -> assertThat(it.why()).contains(words));
    }
}
