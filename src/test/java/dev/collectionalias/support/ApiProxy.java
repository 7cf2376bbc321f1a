package dev.collectionalias.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.client.Config;

/**
 * Stands between an operator and the API server, over plain HTTP: passes everything on, remembers what is written, lets
 * a {@link CrashPoint} decide which write the operator does not survive, and does what its {@link ApiFaults} say.
 */
public final class ApiProxy implements AutoCloseable {

    private static final List<String> PASSED_ON = List.of("Authorization", "Accept", "Content-Type");

    private final URI apiServer;
    private final Path kubeconfig;
    private final HttpClient client;
    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<String> writes = new CopyOnWriteArrayList<>();
    private final ApiFaults faults = new ApiFaults();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private volatile CrashPoint crashPoint = CrashPoint.none("");

    /** @param kubeconfig of the user whose token the operator will send */
    public ApiProxy(ControlPlane controlPlane, Path kubeconfig) {
        apiServer = URI.create(controlPlane.url());
        client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).executor(threads)
                .sslContext(trusting(Config.fromKubeconfig(kubeconfig.toFile()).getCaCertData())).build();
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            Path directory = Directories.fresh("api-proxy");
            String url = "http://127.0.0.1:" + server.getAddress().getPort();
            this.kubeconfig = Files.writeString(directory.resolve("kubeconfig.yaml"),
                    Files.readString(kubeconfig).replace(controlPlane.url(), url));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", this::answer);
        server.start();
    }

    private static SSLContext trusting(String certificate) {
        try {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            int number = 0;
            InputStream pem = new ByteArrayInputStream(Base64.getDecoder().decode(certificate));
            for (var each : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
                number++;
                trusted.setCertificateEntry("ca-" + number, each);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The same user's way through this proxy. */
    public Path kubeconfig() {
        return kubeconfig;
    }

    public ApiFaults faults() {
        return faults;
    }

    /** From now on, changes of objects whose names carry the point's name count. */
    public void crashAt(CrashPoint point) {
        crashPoint = point;
    }

    /** Everything but reads, as in {@code PUT collectionaliases/products/status}. */
    public List<String> writes() {
        return List.copyOf(writes);
    }

    /** How many requests there were at once at the most. A watch and what is about a lease do not count. */
    public int mostUnderWay() {
        return mostUnderWay.get();
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (ApiFaults.isWatch(exchange) || exchange.getRequestURI().getPath().contains("/leases/")) {
            answerUncounted(exchange);
            return;
        }
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            answerUncounted(exchange);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void answerUncounted(HttpExchange exchange) throws IOException {
        try (exchange) {
            if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
                // The client then watches over plain HTTP.
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_OK, -1);
                return;
            }
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<ApiRefusal> refusal = faults.meet(exchange);
            if (refusal.isPresent()) {
                refusal.get().answer(exchange);
            } else if (exchange.getRequestMethod().equals("GET")) {
                passOn(exchange, body);
            } else {
                write(exchange, body);
            }
        } catch (CrashPoint.Crashed e) {
            // Nobody waits for an answer.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        String write = exchange.getRequestMethod() + " " + path.replaceFirst(".*/namespaces/[^/]+/", "");
        writes.add(write);
        CrashPoint point = crashPoint;
        // An Event is a write that nothing depends on.
        if (!point.counts(path) || path.endsWith("/events")) {
            passOn(exchange, body);
            return;
        }
        int number = point.arrive(write);
        HttpResponse<InputStream> response = send(exchange, body);
        if (response.statusCode() < HttpURLConnection.HTTP_BAD_REQUEST) {
            point.done(number);
        } else {
            point.refused(number);
        }
        relay(response, exchange);
    }

    private void passOn(HttpExchange exchange, byte[] body) throws IOException, InterruptedException {
        relay(send(exchange, body), exchange);
    }

    private HttpResponse<InputStream> send(HttpExchange exchange, byte[] body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(apiServer.resolve(exchange.getRequestURI()))
                .method(exchange.getRequestMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
        for (String header : PASSED_ON) {
            String value = exchange.getRequestHeaders().getFirst(header);
            if (value != null) {
                request.header(header, value);
            }
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    }

    /** A watch goes on until one of the two sides ends it, each event as it comes. */
    private void relay(HttpResponse<InputStream> response, HttpExchange exchange) throws IOException {
        response.headers().firstValue("Content-Type")
                .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
        exchange.sendResponseHeaders(response.statusCode(), 0);
        try (InputStream in = response.body(); OutputStream out = exchange.getResponseBody()) {
            if (ApiFaults.isWatch(exchange)) {
                faults.relayWatch(in, out);
            } else {
                in.transferTo(out);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow(); // ends the watches, which otherwise last for ever
        client.shutdownNow();
        Directories.delete(kubeconfig.getParent());
    }
}
