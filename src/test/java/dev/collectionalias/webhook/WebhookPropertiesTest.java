package dev.collectionalias.webhook;

import static dev.collectionalias.support.Sentences.assertOneSentence;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.NotAllowed;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;
import dev.collectionalias.webhook.WebhookCaller.Phase;
import dev.collectionalias.webhook.WebhookCaller.Question;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** A webhook is anybody's: whatever it says, the answer is a status or a sentence of the operator's own. */
class WebhookPropertiesTest {

    private static final String GATE = "gate.shop.svc";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final WebhookPolicy HERE_TOO = new WebhookPolicy(WebhookPolicy.OWN_NAMESPACE.allowedHosts(), true);
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** In each reply, and in no answer. */
    private static final String OF_THE_SERVER = "anything-of-the-server";

    private static final HttpWebhookCaller CALLER = new HttpWebhookCaller(HERE_TOO,
            new HostLookup(host -> List.of(HERE)));
    private static final HttpWebhookCaller NOWHERE = new HttpWebhookCaller(WebhookPolicy.allowing("*.example.com"),
            new HostLookup(host -> {
                throw new UnknownHostException(host);
            }));
    private static ServerSocket server;
    private static volatile byte[] reply = {};

    @BeforeContainer
    static void start() throws IOException {
        server = new ServerSocket(0, 50, HERE);
        Thread.ofVirtual().start(WebhookPropertiesTest::serve);
    }

    @AfterContainer
    static void stop() throws IOException {
        server.close();
    }

    private static void serve() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                readRequest(socket.getInputStream());
                socket.getOutputStream().write(reply);
            } catch (IOException goneAlready) {
                // The next one is not concerned.
            }
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        String length = head.substring(head.indexOf("Content-Length: ") + 16).split("\r\n")[0];
        in.readNBytes(Integer.parseInt(length));
    }

    @Property
    void anyReplyIsAStatusOrASentence(@ForAll("replies") byte[] bytes) {
        reply = bytes;

        WebhookAnswer answer = ask(CALLER, "http://" + GATE + ":" + server.getLocalPort());

        assertSound(answer);
        assertThat(answer.toString()).doesNotContain(OF_THE_SERVER);
    }

    @Property
    void whateverFollowsAStatusLineDoesNotMatter(@ForAll("statuses") int status, @ForAll("replies") byte[] rest) {
        reply = joined("HTTP/1.1 %d %s\r\n".formatted(status, OF_THE_SERVER).getBytes(UTF_8), rest);

        assertThat(ask(CALLER, "http://" + GATE + ":" + server.getLocalPort())).isEqualTo(new Answered(status));
    }

    @Property
    void anyUrlIsAskedOrThereIsASentence(@ForAll("urls") String url) {
        assertSound(ask(NOWHERE, url));
    }

    private static WebhookAnswer ask(HttpWebhookCaller caller, String url) {
        return caller.ask(new Question(url, TIMEOUT, new ObjectName("shop", "products"), Phase.Checking, "products_v1",
                "products_v2", 7));
    }

    private static void assertSound(WebhookAnswer answer) {
        switch (answer) {
            case Answered answered -> assertThat(answered.status()).isBetween(200, 999);
            case Unanswered unanswered -> assertOneSentence(unanswered.why());
            case NotAllowed notAllowed -> assertOneSentence(notAllowed.why());
        }
    }

    @Provide
    Arbitrary<Integer> statuses() {
        return Arbitraries.integers().between(200, 999);
    }

    @Provide
    Arbitrary<byte[]> replies() {
        Arbitrary<byte[]> words = Arbitraries.of("HTTP/1.1 ", "HTTP/1.0 ", "HTTP/2 ", "200", "503", "103 Early Hints",
                "99999999999", "-1", "000", "\r\n", "\n", "\r", "\r\n\r\n", "Content-Type: application/json",
                "Transfer-Encoding: chunked", "Content-Length: 99999999999999999999",
                "Location: http://169.254.169.254/",
                "{\"allowed\": tru", "[".repeat(5000), "{\"a\":".repeat(2000), "\u0000", OF_THE_SERVER,
                "x".repeat(20_000))
                .map(word -> word.getBytes(UTF_8));
        Arbitrary<byte[]> anything = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> huge = Arbitraries.bytes().map(each -> {
            byte[] many = new byte[300_000];
            Arrays.fill(many, each);
            return many;
        });
        return Arbitraries.frequencyOf(Tuple.of(20, words), Tuple.of(10, anything),
                Tuple.of(1, huge)).list().ofMaxSize(12).map(parts -> joined(parts.toArray(byte[][]::new)));
    }

    @Provide
    Arbitrary<String> urls() {
        Arbitrary<String> hosts = Arbitraries.of("gate.shop.svc", "GATE.shop.svc.cluster.local", "a.example.com",
                "127.0.0.1",
                "[::1]", "0x7f.1", "user:password@gate.shop.svc", "gate.2024", "", "x".repeat(2000) + ".shop.svc",
                "gäte.shop",
                "gate.shop.svc:0", "gate.shop.svc:80", "gate.shop.svc:99999");
        // U+037E and U+1FEF become ; and ` where they are normalized.
        Arbitrary<String> odd = Arbitraries.of("\u1fef", "\u037e", "\u212a", "\u2001", "\ud800", "\udc00x", "%zz",
                "%00", " ",
                "\n", "\u0000", "é", "?", "#", "//", "?a=b", "\\", "`");
        Arbitrary<String> paths = Arbitraries.oneOf(odd, Arbitraries.strings().ascii().ofMaxLength(50),
                Arbitraries.strings().withCharRange('\u00a1', '\uffff').ofMaxLength(50)).list().ofMaxSize(4)
                .map(parts -> String.join("", parts));
        return Combinators.combine(Arbitraries.of("http://", "https://", "HTTP://", "file://", "http:", ""), hosts,
                Arbitraries.of("/", ""), paths).as((scheme, host, slash, path) -> scheme + host + slash + path);
    }

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
