import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Runs the operator once while its image is built, so that the Java runtime can keep what it loaded: the classes of a
 * start, of a connection that fails and of the alias that waits for it. It is given a Kubernetes API that knows these two
 * objects and says yes to everything.
 *
 * <p>A program in one file, since it is no part of the operator: {@code java TrainingRun.java <the operator's command>}.
 */
public final class TrainingRun {

    private static final String API = "/apis/collectionalias.dev/v1alpha1/";
    /** Nobody listens there. */
    private static final String MILVUS = "http://127.0.0.1:1";
    private static final long PATIENCE_SECONDS = 120;

    private static final Map<String, String> OBJECTS = Map.of("milvusconnections", object("MilvusConnection",
            "default", "\"uri\": \"" + MILVUS + "\", \"timeouts\": {\"connect\": \"1s\", \"rpc\": \"1s\"}"),
            "collectionaliases", object("CollectionAlias", "products",
                    "\"alias\": \"products\", \"collection\": \"products_v1\", \"connectionRef\": {\"name\": \"default\"}"));

    /** False where the operator ended before it had reported on the alias. */
    private final CompletableFuture<Boolean> aliasReported = new CompletableFuture<>();

    private TrainingRun() {}

    public static void main(String[] command) throws Exception {
        System.exit(new TrainingRun().run(command));
    }

    private int run(String[] command) throws Exception {
        HttpServer api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        api.createContext("/", this::answer);
        api.start();
        ProcessBuilder operator = new ProcessBuilder(command).inheritIO();
        operator.environment().putAll(Map.of("HTTP_PORT", "0", "KUBERNETES_MASTER",
                "http://127.0.0.1:" + api.getAddress().getPort(), "KUBECONFIG", "/none"));
        Process process = operator.start();
        process.onExit().thenRun(() -> aliasReported.complete(false));
        boolean trained = aliasReported.completeOnTimeout(false, PATIENCE_SECONDS, TimeUnit.SECONDS).get();
        // As the kubelet does; the runtime writes down what it learned when it has stopped.
        process.destroy();
        process.waitFor();
        api.stop(0);
        return trained ? 0 : 1;
    }

    private void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String query = String.valueOf(exchange.getRequestURI().getQuery());
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        switch (exchange.getRequestMethod()) {
            case "GET" -> get(exchange, path, query);
            case "PATCH", "PUT" -> {
                send(exchange, 200, OBJECTS.entrySet().stream().filter(entry -> path.contains(entry.getKey()))
                        .map(Map.Entry::getValue).findFirst().orElse(body));
                if (path.contains("collectionaliases") && path.endsWith("/status")) {
                    aliasReported.complete(true);
                }
            }
            default -> send(exchange, 201, body);
        }
    }

    private static void get(HttpExchange exchange, String path, String query) throws IOException {
        if ("websocket".equals(exchange.getRequestHeaders().getFirst("Upgrade"))) {
            send(exchange, 503, ""); // no WebSocket, so that the client watches by an answer without an end
        } else if (query.contains("watch=true")) {
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().flush(); // and nothing ever happens
        } else if (path.startsWith(API)) {
            String kind = path.substring(API.length());
            send(exchange, 200, "{\"apiVersion\": \"collectionalias.dev/v1alpha1\", \"kind\": \"List\", "
                    + "\"metadata\": {\"resourceVersion\": \"1\"}, \"items\": [" + OBJECTS.getOrDefault(kind, "") + "]}");
        } else {
            send(exchange, 404, "{\"apiVersion\": \"v1\", \"kind\": \"Status\", \"status\": \"Failure\", \"code\": 404}");
        }
    }

    private static void send(HttpExchange exchange, int code, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(code, bytes.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(bytes);
        }
    }

    private static String object(String kind, String name, String spec) {
        return """
                {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "%s", "metadata": {"name": "%s",
                "namespace": "training", "uid": "%2$s", "resourceVersion": "1", "generation": 1,
                "creationTimestamp": "2026-01-01T00:00:00Z", "finalizers": ["collectionalias.dev/alias",
                "collectionalias.dev/connection"]}, "spec": {%s}}""".formatted(kind, name, spec);
    }
}
