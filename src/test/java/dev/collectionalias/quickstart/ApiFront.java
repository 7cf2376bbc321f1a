package dev.collectionalias.quickstart;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import java.util.logging.Logger;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinitionVersion;

/**
 * Stands before a mock API server and adds what {@code kubectl} needs and the mock lacks: discovery, defaults, tables,
 * and watches over plain HTTP. Everything else is passed on.
 */
final class ApiFront implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(ApiFront.class.getName());
    private static final ObjectMapper JSON = new ObjectMapper();

    private final URI store;
    private final CrdCatalog catalog;
    private final DiscoveryDocuments discovery;
    private final HttpClient client;
    private final HttpServer server;
    private final ExecutorService threads;

    private ApiFront(URI store, CrdCatalog catalog, HttpServer server) {
        this.store = store;
        this.catalog = catalog;
        this.discovery = new DiscoveryDocuments(catalog.definitions());
        this.client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        this.server = server;
        this.threads = Executors.newVirtualThreadPerTaskExecutor();
    }

    static ApiFront start(URI store, CrdCatalog catalog) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        ApiFront front = new ApiFront(store, catalog, server);
        server.setExecutor(front.threads);
        server.createContext("/", front::answer);
        server.start();
        return front;
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            route(exchange);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the server is being closed
        } catch (IOException e) {
            // Also how a client that went away shows, which is its right.
            LOG.log(Level.FINE, e, () -> exchange.getRequestMethod() + " " + exchange.getRequestURI());
            throw e;
        }
    }

    private void route(HttpExchange exchange) throws IOException, InterruptedException {
        String path = exchange.getRequestURI().getPath();
        boolean get = exchange.getRequestMethod().equals("GET");
        Optional<Object> document = get ? discovery.answer(path) : Optional.empty();
        Optional<TableView> table = get ? table(exchange, path) : Optional.empty();
        if ("websocket".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            send(exchange, 200, new byte[0]); // no WebSockets here: the operator's client then watches over plain HTTP
        } else if (document.isPresent()) {
            send(exchange, 200, JSON.writeValueAsBytes(document.get()));
        } else if (get && query(exchange).contains("sendInitialEvents=true")) {
            // How API servers without streaming lists answer; clients then list and watch.
            send(exchange, 422, status("Invalid", 422, "sendInitialEvents is forbidden"));
        } else if (get && query(exchange).contains("watch=true")) {
            new WatchRelay(JSON, client, store, table).relay(exchange);
        } else {
            passOn(exchange, path, table);
        }
    }

    private Optional<TableView> table(HttpExchange exchange, String path) {
        return TableView.isWanted(exchange.getRequestHeaders().getFirst("Accept"))
                ? catalog.find(path).map(
                        kind -> new TableView(JSON, kind.getAdditionalPrinterColumns(), Clock.systemUTC()))
                : Optional.empty();
    }

    private void passOn(HttpExchange exchange, String path, Optional<TableView> table)
            throws IOException, InterruptedException {
        String method = exchange.getRequestMethod();
        byte[] body = exchange.getRequestBody().readAllBytes();
        if (method.equals("POST") || method.equals("PUT")) {
            body = withDefaults(path, body);
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(store.resolve(target(exchange)))
                .method(method, BodyPublishers.ofByteArray(body));
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        if (type != null) {
            // For the kinds that kubectl patches here (Secrets), a strategic merge differs from a plain one in nothing.
            request.header("Content-Type", type.replace("strategic-merge-patch", "merge-patch"));
        }
        byte[] before = method.equals("PATCH") ? stored(path) : new byte[0];
        HttpResponse<byte[]> response = client.send(request.build(), BodyHandlers.ofByteArray());
        byte[] answer = response.body();
        if (answer.length == 0) {
            // The mock says nothing when there is no such object, or when a patch took the last finalizer and so the object.
            answer = response.statusCode() == 404 ? notFound(path) : before;
        } else if (response.statusCode() == 200 && table.isPresent()) {
            boolean whole = query(exchange).contains("includeObject=Object");
            answer = JSON.writeValueAsBytes(table.get().of(JSON.readTree(answer), whole));
        }
        send(exchange, response.statusCode(), answer);
    }

    private byte[] withDefaults(String path, byte[] body) throws IOException {
        Optional<CustomResourceDefinitionVersion> kind = catalog.find(path);
        if (kind.isEmpty()) {
            return body;
        }
        JsonNode object = JSON.readTree(body);
        if (object instanceof ObjectNode fields) {
            CrdCatalog.applyDefaults(kind.get(), fields);
        }
        return JSON.writeValueAsBytes(object);
    }

    /** The mock tells a status subresource by the end of the request line, where kubectl writes its field manager. */
    private static String target(HttpExchange exchange) {
        URI request = exchange.getRequestURI();
        return exchange.getRequestMethod().equals("GET") ? request.toString() : request.getRawPath();
    }

    private byte[] stored(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(store.resolve(path)).build(), BodyHandlers.ofByteArray()).body();
    }

    private static byte[] notFound(String path) throws IOException {
        String[] parts = path.split("/");
        return status("NotFound", 404,
                "%s \"%s\" not found".formatted(parts[parts.length - 2], parts[parts.length - 1]));
    }

    private static byte[] status(String reason, int code, String message) throws IOException {
        return JSON.writeValueAsBytes(Map.of("kind", "Status", "apiVersion", "v1", "metadata", Map.of(), "status",
                "Failure", "reason", reason, "code", code, "message", message));
    }

    private static String query(HttpExchange exchange) {
        String query = exchange.getRequestURI().getQuery();
        return query == null ? "" : query;
    }

    private static void send(HttpExchange exchange, int code, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow(); // ends the watches, which otherwise last for ever
        client.shutdownNow();
    }
}
