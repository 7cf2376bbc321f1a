package dev.collectionalias.support;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/** A {@link GitRepository} by HTTP, for who takes no path: Git's own {@code http-backend}, which is a CGI program. */
public final class GitHttpServer implements AutoCloseable {

    private final GitRepository repository;
    private final HttpServer server;

    public GitHttpServer(GitRepository repository) {
        this.repository = repository;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/.git";
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            ProcessBuilder backend = new ProcessBuilder("git", "http-backend")
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            backend.environment().putAll(GitRepository.ENVIRONMENT);
            backend.environment().putAll(variables(exchange));
            Process process = backend.start();
            try (OutputStream request = process.getOutputStream()) {
                exchange.getRequestBody().transferTo(request);
            }
            answer(new ByteArrayInputStream(process.getInputStream().readAllBytes()), exchange);
        }
    }

    private Map<String, String> variables(HttpExchange exchange) {
        Map<String, String> variables = new HashMap<>(Map.of("GIT_PROJECT_ROOT", repository.directory().toString(),
                "GIT_HTTP_EXPORT_ALL", "1", "REQUEST_METHOD", exchange.getRequestMethod(), "PATH_INFO",
                exchange.getRequestURI().getPath(), "QUERY_STRING",
                Optional.ofNullable(exchange.getRequestURI().getQuery()).orElse("")));
        Map.of("Content-Type", "CONTENT_TYPE", "Content-Encoding", "HTTP_CONTENT_ENCODING", "Git-Protocol",
                "GIT_PROTOCOL").forEach(
                        (header, variable) -> Optional
                                .ofNullable(exchange.getRequestHeaders().getFirst(header))
                                .ifPresent(value -> variables.put(variable, value)));
        return variables;
    }

    /** First header lines, of which one may be the status, then an empty line and the body. */
    private static void answer(InputStream output, HttpExchange exchange) throws IOException {
        int status = 200;
        for (String line = line(output); !line.isEmpty(); line = line(output)) {
            String[] header = line.split(": ", 2);
            if (header[0].equals("Status")) {
                status = Integer.parseInt(header[1].substring(0, 3));
            } else {
                exchange.getResponseHeaders().set(header[0], header[1]);
            }
        }
        exchange.sendResponseHeaders(status, 0);
        output.transferTo(exchange.getResponseBody());
    }

    private static String line(InputStream output) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = output.read(); next != '\n' && next >= 0; next = output.read()) {
            line.append((char) next);
        }
        return line.toString().strip();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
