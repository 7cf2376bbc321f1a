package dev.collectionalias.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Answered;
import dev.collectionalias.plan.seen.WebhookAnswer.NotAllowed;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;
import dev.collectionalias.support.SelfSigned;
import dev.collectionalias.webhook.WebhookCaller.Phase;
import dev.collectionalias.webhook.WebhookCaller.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers, which the name gate.shop.svc is mapped to. */
@Timeout(30)
class HttpWebhookCallerTest {

    private static final String GATE = "gate.shop.svc";
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final Duration SHORT = Duration.ofMillis(300);
    /** As a policy made from configuration, but for the loopback that the test's servers are on. */
    private static final WebhookPolicy HERE_TOO = new WebhookPolicy(WebhookPolicy.OWN_NAMESPACE.allowedHosts(), true);

    private record Received(String method, String path, Headers headers, String body) {}

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch over = new CountDownLatch(1);
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private HttpServer server;

    @BeforeEach
    void startAServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(HERE, 0), 0);
        server.setExecutor(threads);
        server.start();
    }

    @AfterEach
    void stopIt() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private void answering(HttpHandler handler) {
        server.createContext("/", exchange -> {
            received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            handler.handle(exchange);
        });
    }

    private static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    private static HostLookup gateAt(InetAddress... addresses) {
        return new HostLookup(host -> {
            if (!host.equals(GATE)) {
                throw new UnknownHostException(host);
            }
            return List.of(addresses);
        });
    }

    private static Question question(String url, Duration timeout) {
        return new Question(url, timeout, new ObjectName("shop", "products"), Phase.Checking,
                "products_v1", "products_v2", 7);
    }

    private static WebhookAnswer ask(int port, Duration timeout) {
        return new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(question("http://" + GATE + ":" + port, timeout));
    }

    private WebhookAnswer ask() {
        return ask(server.getAddress().getPort(), LONG);
    }

    private static void assertUnanswered(WebhookAnswer answer, String words) {
        assertThat(answer).isInstanceOfSatisfying(Unanswered.class, it -> assertThat(it.why()).contains(words));
    }

    private static void assertNotAllowed(WebhookAnswer answer, String words) {
        assertThat(answer).isInstanceOfSatisfying(NotAllowed.class, it -> assertThat(it.why()).contains(words));
    }

    /** U+1FEF is a grave accent once it is normalized, which no address may have; U+D800 is half of a character. */
    @Test
    void aUrlThatIsNoneOnceItIsWrittenInAsciiIsNotAsked() {
        for (String path : List.of("\u1fef", "\ud800")) {
            assertNotAllowed(new HttpWebhookCaller(HERE_TOO, gateAt(HERE))
                    .ask(question("http://" + GATE + "/" + path, LONG)), "the webhook's url must be");
        }
    }

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

    @ParameterizedTest
    @ValueSource(strings = {"http://gate.shop.svc:0/", "http://gate.shop.svc:65536/", "http://user:word@gate.shop.svc/",
            "ftp://gate.shop.svc/", "file:///etc/passwd", "gate.shop.svc", "http://gate.shop.svc/%",
            "http://gate.shop.svc/{"})
    void whatIsNoHttpAddressIsNotAllowed(String url) {
        assertNotAllowed(new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(question(url, LONG)), "http://host");
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

    @Test
    void anInterruptIsKept() {
        answering(exchange -> await(over));
        Thread.currentThread().interrupt();

        assertUnanswered(ask(), "stopping");
        assertThat(Thread.interrupted()).isTrue();
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

    private static byte[] unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(UTF_8);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    private interface Behaviour {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    /** Reads the request, then behaves so and closes the connection. */
    private ServerSocket listening(Behaviour behaviour) throws IOException {
        return accepting(socket -> {
            byte[] request = new byte[1 << 12];
            int length = 0;
            while (!new String(request, 0, length, UTF_8).endsWith("}")) {
                length += socket.getInputStream().read(request, length, request.length - length);
            }
            behaviour.with(socket);
        });
    }

    /** Behaves so at once. */
    @SuppressWarnings("FutureReturnValueIgnored") // what fails there shows at the caller
    private ServerSocket accepting(Behaviour behaviour) throws IOException {
        ServerSocket server = new ServerSocket(0, 1, HERE);
        threads.submit(() -> {
            try (Socket socket = server.accept()) {
                behaviour.with(socket);
            }
            return null;
        });
        return server;
    }
}
