package dev.collectionalias.support;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/**
 * Where everything is kept that the operators of this run showed to anybody: their logs, what their endpoints answered,
 * and what was written to the API servers.
 */
final class Shown {

    private static final Path LOGS = Directories.create(Path.of("target", "servers", "logs").toAbsolutePath());
    private static final Path LOG_OF_THIS_JVM = fresh("operators-in-tests");
    private static final Path ENDPOINTS = fresh("endpoints");
    private static final Notes PLACES = new Notes("places");
    private static boolean keepsLogOfThisJvm;
    private static final List<String> PATHS = List.of("/livez", "/readyz", "/metrics");
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private Shown() {}

    private static Path fresh(String name) {
        try {
            Path file = LOGS.resolve("%s-%d.log".formatted(name, ProcessHandle.current().pid()));
            return Files.write(file, new byte[0]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For an operator inside this JVM, which logs to what the standard output is at that moment. */
    static synchronized void keepLogOfThisJvm() {
        if (!keepsLogOfThisJvm) {
            keepsLogOfThisJvm = true;
            keep(LOG_OF_THIS_JVM);
            System.setOut(copying(System.out));
            System.setErr(copying(System.err));
        }
    }

    /** Keeps in mind a file or a directory that an operator writes, or that is written about it. */
    static void keep(Path place) {
        PLACES.add(place.toAbsolutePath().toString());
    }

    /** Those of all processes of this build. */
    static List<Path> places() {
        return PLACES.all().distinct().map(Path::of).filter(Files::exists).toList();
    }

    /** Writes down what an operator that is about to end says of itself; one that does not answer says nothing. */
    static void keepEndpoints(int port) {
        keep(port, PATHS);
    }

    /** The same for the page. */
    static void keepPage(int port) {
        keep(port, List.of("/"));
    }

    private static synchronized void keep(int port, List<String> paths) {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            for (String path : paths) {
                HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(PATIENCE).build();
                HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
                keep(ENDPOINTS);
                Files.writeString(ENDPOINTS, "%s %s%n%s%n".formatted(path, answer.headers().map(), answer.body()),
                        StandardOpenOption.APPEND);
            }
        } catch (IOException frozenOrGone) {
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static PrintStream copying(PrintStream original) {
        try {
            OutputStream copy = Files.newOutputStream(LOG_OF_THIS_JVM, StandardOpenOption.APPEND);
            return new PrintStream(new Both(original, copy), true);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Both extends OutputStream {
        private final OutputStream one;
        private final OutputStream other;

        Both(OutputStream one, OutputStream other) {
            this.one = one;
            this.other = other;
        }

        @Override
        public void write(int next) throws IOException {
            one.write(next);
            other.write(next);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            one.write(bytes, offset, length);
            other.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            one.flush();
            other.flush();
        }
    }
}
