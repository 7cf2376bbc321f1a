package dev.collectionalias.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.seen.WebhookAnswer;
import dev.collectionalias.plan.seen.WebhookAnswer.Unanswered;
import dev.collectionalias.webhook.WebhookCaller.Phase;
import dev.collectionalias.webhook.WebhookCaller.Question;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** Real servers, which the name gate.shop.svc leads to, and a caller that may ask them. */
@Timeout(30)
abstract class WebhookStage {

    static final String GATE = "gate.shop.svc";
    static final InetAddress HERE = InetAddress.getLoopbackAddress();
    static final Duration LONG = Duration.ofSeconds(20);
    /** As a policy made from configuration, but for the loopback that the test's servers are on. */
    static final WebhookPolicy HERE_TOO = new WebhookPolicy(WebhookPolicy.OWN_NAMESPACE.allowedHosts(), true);

    record Received(String method, String path, Headers headers, String body) {}

    final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    final CountDownLatch over = new CountDownLatch(1);
    final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    HttpServer server;

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

    void answering(HttpHandler handler) {
        server.createContext("/", exchange -> {
            received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    exchange.getRequestHeaders(), new String(exchange.getRequestBody().readAllBytes(), UTF_8)));
            handler.handle(exchange);
        });
    }

    static void answer(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
        exchange.close();
    }

    static HostLookup gateAt(InetAddress... addresses) {
        return new HostLookup(host -> {
            if (!host.equals(GATE)) {
                throw new UnknownHostException(host);
            }
            return List.of(addresses);
        });
    }

    static Question question(String url, Duration timeout) {
        return new Question(url, timeout, new ObjectName("shop", "products"), Phase.Checking,
                "products_v1", "products_v2", 7);
    }

    static WebhookAnswer ask(int port, Duration timeout) {
        return new HttpWebhookCaller(HERE_TOO, gateAt(HERE)).ask(question("http://" + GATE + ":" + port, timeout));
    }

    WebhookAnswer ask() {
        return ask(server.getAddress().getPort(), LONG);
    }

    static void assertUnanswered(WebhookAnswer answer, String words) {
        assertThat(answer).isInstanceOfSatisfying(Unanswered.class, it -> assertThat(it.why()).contains(words));
    }

    static byte[] unescaped(String text) {
        return text.replace("\\r", "\r").replace("\\n", "\n").getBytes(UTF_8);
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @FunctionalInterface
    interface Behaviour {
        void with(Socket socket) throws IOException, InterruptedException;
    }

    /** Reads the request, then behaves so and closes the connection. */
    ServerSocket listening(Behaviour behaviour) throws IOException {
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
    ServerSocket accepting(Behaviour behaviour) throws IOException {
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
