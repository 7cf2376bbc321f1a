package dev.collectionalias.page;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import java.util.regex.Pattern;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the page to this machine alone, and so to people who may forward a port to the pod. It does not ask them who they are.
 * So it answers only requests that name this machine. Any other page can make a browser call a name that leads here, and would
 * then read the answer.
 */
public final class PageServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PageServer.class);
    private static final Pattern OF_THIS_MACHINE = Pattern.compile("(localhost|127\\.0\\.0\\.1|\\[::1])(:\\d+)?");
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final int MISDIRECTED = 421;
    /** How many looks the server makes at once. The page then takes no more than this from the operator's work. */
    private static final int LOOKS = 4;

    /** A browser may load everything from here, send everything here, and use no other server. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
                    + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options", "nosniff", "Referrer-Policy", "no-referrer", "Cross-Origin-Resource-Policy",
            "same-origin", "Cross-Origin-Opener-Policy", "same-origin",
            // The names must not stay on any disk. The script compares by the ETag all the same.
            "Cache-Control", "no-store");

    /** The answer to a browser. */
    @SuppressWarnings("ArrayRecordComponent") // answers are never compared
    private record Answer(int code, String type, byte[] body) {

        static Answer text(int code, String text) {
            return new Answer(code, TEXT, (text + "\n").getBytes(StandardCharsets.UTF_8));
        }

        static Answer file(String type, String name) {
            try (InputStream file = PageServer.class.getResourceAsStream(name)) {
                return new Answer(HttpURLConnection.HTTP_OK, type, file.readAllBytes());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        String tag() {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(body);
                return '"' + HexFormat.of().formatHex(hash, 0, 16) + '"';
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(null, ContentType.Html, null,
            PageServer.class.getPackageName());
    private final Map<String, Answer> files = Map.of("/page.css", Answer.file("text/css; charset=utf-8", "page.css"),
            "/page.js", Answer.file("text/javascript; charset=utf-8", "page.js"), "/icon.svg",
            Answer.file("image/svg+xml", "icon.svg"));
    private final Semaphore looks = new Semaphore(LOOKS);
    private final Supplier<Optional<List<Subject>>> aliases;
    private final ObjectName lease;
    private final HttpServer server;

    /**
     * @param port    0 picks a free one
     * @param aliases the objects; empty: another process leads, and this one does not know them
     * @param lease   names the process that leads
     */
    public PageServer(int port, Supplier<Optional<List<Subject>>> aliases, ObjectName lease) throws IOException {
        this.aliases = aliases;
        this.lease = lease;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::serve);
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            Answer answer = answerOrApologize(exchange);
            Headers headers = exchange.getResponseHeaders();
            HEADERS.forEach(headers::set);
            headers.set("Content-Type", answer.type());
            headers.set("ETag", answer.tag());
            if (answer.tag().equals(exchange.getRequestHeaders().getFirst("If-None-Match"))) {
                exchange.sendResponseHeaders(HttpURLConnection.HTTP_NOT_MODIFIED, -1);
                return;
            }
            boolean isHead = exchange.getRequestMethod().equals("HEAD");
            exchange.sendResponseHeaders(answer.code(), isHead ? -1 : answer.body().length);
            if (!isHead) {
                try (OutputStream body = exchange.getResponseBody()) {
                    body.write(answer.body());
                }
            }
        }
    }

    private Answer answerOrApologize(HttpExchange exchange) {
        try {
            return answer(exchange);
        } catch (RuntimeException mistake) {
            LOG.error("{} could not be shown", exchange.getRequestURI(), mistake);
            return Answer.text(HttpURLConnection.HTTP_INTERNAL_ERROR,
                    "A mistake in the operator. Report it, with the operator's log.");
        }
    }

    private Answer answer(HttpExchange exchange) {
        String host = exchange.getRequestHeaders().getFirst("Host");
        if (host == null || !OF_THIS_MACHINE.matcher(host).matches()) {
            return Answer.text(MISDIRECTED, "Ask for this page by the name localhost.");
        }
        if (!List.of("GET", "HEAD").contains(exchange.getRequestMethod())) {
            return Answer.text(HttpURLConnection.HTTP_BAD_METHOD, "This page can only be read.");
        }
        String path = exchange.getRequestURI().getPath();
        if (path.equals("/")) {
            return look(Filter.of(exchange.getRequestURI().getRawQuery()));
        }
        return files.getOrDefault(path, Answer.text(HttpURLConnection.HTTP_NOT_FOUND, "There is nothing here."));
    }

    private Answer look(Filter filter) {
        looks.acquireUninterruptibly();
        try {
            Optional<List<Subject>> found = aliases.get();
            return found.map(all -> html(HttpURLConnection.HTTP_OK, render("listing.jte", Listing.of(all, filter))))
                    .orElseGet(() -> html(HttpURLConnection.HTTP_UNAVAILABLE, render("standby.jte", lease)));
        } finally {
            looks.release();
        }
    }

    private static Answer html(int code, String text) {
        return new Answer(code, HTML, text.getBytes(StandardCharsets.UTF_8));
    }

    private String render(String template, Object parameters) {
        StringOutput output = new StringOutput();
        templates.render(template, parameters, output);
        return output.toString();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
