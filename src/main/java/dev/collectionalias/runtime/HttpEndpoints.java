package dev.collectionalias.runtime;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;
import java.util.function.BooleanSupplier;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * Serves {@code /livez}, {@code /readyz} and {@code /metrics}. Alive means that the process answers. A restart does not help if
 * Milvus or the API server is away.
 */
final class HttpEndpoints implements AutoCloseable {

    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;
    private static final int BUFFER = 8192;

    private final HttpServer server;

    /** Writes text piece by piece, however long it gets. */
    interface Text {
        void write(OutputStream out) throws IOException;
    }

    HttpEndpoints(int port, BooleanSupplier ready, Text metrics) throws IOException {
        server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/livez", exchange -> answer(exchange, OK, "ok\n"));
        server.createContext("/readyz", exchange -> {
            boolean isReady = ready.getAsBoolean();
            answer(exchange, isReady ? OK : UNAVAILABLE, isReady ? "ok\n" : "starting or stopping\n");
        });
        server.createContext("/metrics", exchange -> {
            exchange.getResponseHeaders().set("Content-Type", "text/plain; version=0.0.4; charset=utf-8");
            exchange.sendResponseHeaders(OK, 0);
            try (OutputStream out = new BufferedOutputStream(exchange.getResponseBody(), BUFFER)) {
                metrics.write(out);
            }
        });
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    private static void answer(HttpExchange exchange, int code, String text) throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
