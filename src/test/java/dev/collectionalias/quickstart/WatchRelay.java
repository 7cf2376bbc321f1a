package dev.collectionalias.quickstart;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;

/**
 * One watch: the mock sends events over a WebSocket, {@code kubectl} reads them as lines of one endless HTTP response.
 * The mock begins each watch with all objects; those that the client has seen already are left out.
 */
final class WatchRelay {

    private static final Pattern SEEN = Pattern.compile("(?:^|&)resourceVersion=(\\d+)");
    /** White space before the next event: the only way to notice that the client has gone. */
    private static final String HEARTBEAT = " ";
    private static final String CLOSED = "";

    private final ObjectMapper json;
    private final HttpClient client;
    private final URI store;
    private final Optional<TableView> table;

    WatchRelay(ObjectMapper json, HttpClient client, URI store, Optional<TableView> table) {
        this.json = json;
        this.client = client;
        this.store = store;
        this.table = table;
    }

    /** Returns when either side ends the watch, by an exception if it is the client. */
    void relay(HttpExchange exchange) throws IOException, InterruptedException {
        URI request = exchange.getRequestURI();
        Matcher seen = SEEN.matcher(request.getQuery());
        long seenVersion = seen.find() ? Long.parseLong(seen.group(1)) : 0;
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        WebSocket source = client.newWebSocketBuilder()
                .buildAsync(URI.create("ws://" + store.getAuthority() + request), new Queueing(events)).join();
        try {
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 0);
            OutputStream lines = exchange.getResponseBody();
            while (true) {
                String event = events.poll(5, TimeUnit.SECONDS);
                if (CLOSED.equals(event)) {
                    return;
                }
                String line = event == null ? HEARTBEAT : line(event, seenVersion);
                lines.write(line.getBytes(StandardCharsets.UTF_8));
                lines.flush();
            }
        } finally {
            source.abort();
        }
    }

    private String line(String text, long seenVersion) throws IOException {
        ObjectNode event = (ObjectNode) json.readTree(text);
        boolean deleted = event.path("type").asText().equals("DELETED"); // carries the version before the deletion
        if (!deleted && event.path("object").path("metadata").path("resourceVersion").asLong() <= seenVersion) {
            return "";
        }
        table.ifPresent(view -> event.set("object", view.of(event.path("object"), false)));
        return json.writeValueAsString(event) + "\n";
    }

    /** Joins the parts of each message, and keeps the messages until they are written. */
    private static final class Queueing implements WebSocket.Listener {
        private final BlockingQueue<String> events;
        private final StringBuilder message = new StringBuilder();

        Queueing(BlockingQueue<String> events) {
            this.events = events;
        }

        @Override
        public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
            message.append(part);
            if (last) {
                events.add(message.toString());
                message.setLength(0);
            }
            socket.request(1);
            return null;
        }

        @Override
        public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
            events.add(CLOSED);
            return null;
        }

        @Override
        public void onError(WebSocket socket, Throwable error) {
            events.add(CLOSED);
        }
    }
}
