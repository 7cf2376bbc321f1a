package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The operator as it runs in a cluster: a process of its own, started from the command line, which can be killed,
 * stopped and frozen. It has the role that is shipped, if it is given {@link ShippedRole#kubeconfig}.
 */
public final class OperatorJvm implements AutoCloseable {

    private static final Pattern PAGE = Pattern.compile("the page is at (http://localhost:\\d+/)");
    private static final Pattern PORT = Pattern.compile("serving .* on port (\\d+)");
    private static final Path OPTIONS = Path.of("src/main/image/java.options");
    /** More than STOP_TIMEOUT. */
    private static final Duration STOPS_WITHIN = Duration.ofSeconds(30);
    private static final HttpClient HTTP = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    private final ServerProcess process;
    private final Path directory;
    private final Path log;

    private OperatorJvm(ServerProcess process, Path directory, Path log) {
        this.process = process;
        this.directory = directory;
        this.log = log;
    }

    /** Starts one that watches a namespace without leader election, and returns when it is ready. */
    public static OperatorJvm watching(String namespace, Path kubeconfig) {
        return start(kubeconfig, Map.of("WATCH_NAMESPACES", namespace, "LEADER_ELECTION", "false")).awaitReady();
    }

    /** @param environment as in {@link dev.collectionalias.runtime.OperatorConfig.Variable}; the port is a free one */
    public static OperatorJvm start(Path kubeconfig, Map<String, String> environment) {
        return start(List.of(), kubeconfig, environment);
    }

    /** @param options of the Java runtime, which are stronger than those that it has anyway */
    public static OperatorJvm start(List<String> options, Path kubeconfig, Map<String, String> environment) {
        Path directory = Directories.fresh("operator");
        Path log = directory.resolveSibling("logs").resolve(directory.getFileName() + ".log");
        return start(OperatorProgram.with(options), kubeconfig, environment, directory, log);
    }

    /** Starts the jar that the image runs; its log is kept where the caller says. */
    public static OperatorJvm ofJar(Path jar, Path kubeconfig, Map<String, String> environment, Path log) {
        return ofJar(jar, List.of(), kubeconfig, environment, log);
    }

    /** @param options of the Java runtime, which are stronger than those that it has anyway */
    public static OperatorJvm ofJar(Path jar, List<String> options, Path kubeconfig, Map<String, String> environment,
            Path log) {
        List<String> program = new ArrayList<>(options);
        program.addAll(List.of("-jar", jar.toAbsolutePath().toString()));
        return start(program, kubeconfig, environment, Directories.fresh("operator"), log);
    }

    /** With the options of the image, but for the size of the heap. */
    private static OperatorJvm start(List<String> program, Path kubeconfig, Map<String, String> environment,
            Path directory, Path log) {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+IgnoreUnrecognizedVMOptions", "@" + OPTIONS.toAbsolutePath(), "-Xmx256m"));
        command.addAll(program);
        command.add("run");
        Map<String, String> variables = new HashMap<>(environment);
        variables.put("KUBECONFIG", kubeconfig.toString());
        variables.put("HTTP_PORT", "0");
        Shown.keep(log);
        return new OperatorJvm(ServerProcess.start("the operator", command, directory, variables, log), directory, log);
    }

    public OperatorJvm awaitReady() {
        process.awaitReady(() -> port().isPresent() && status("/readyz") == HttpURLConnection.HTTP_OK);
        return this;
    }

    /** Ends it as {@code kill -9} does. */
    public void kill() {
        process.close();
        Directories.delete(directory);
    }

    /** Asks it to stop, as the kubelet does, and returns its exit code. */
    public int stop() {
        keepEndpoints();
        process.signal("TERM");
        return awaitExit();
    }

    /** The same without waiting for the end. */
    public CompletableFuture<Integer> stopping() {
        process.signal("TERM");
        return CompletableFuture.supplyAsync(this::awaitExit);
    }

    public int awaitExit() {
        return process.awaitExit(STOPS_WITHIN);
    }

    /** It does not run any more, but neither does it end: as on a node that is overloaded or asleep. */
    public void freeze() {
        process.signal("STOP");
    }

    public void thaw() {
        process.signal("CONT");
    }

    /** Where {@code /livez}, {@code /readyz} and {@code /metrics} are. */
    public URI endpoints() {
        return URI.create("http://127.0.0.1:" + port().orElseThrow());
    }

    /** Where the page is, if there is one. */
    public Optional<URI> page() {
        return inTheLog(PAGE).map(URI::create);
    }

    /** Asks it to stop, and insists if it does not. */
    public void end() {
        try {
            stop();
        } catch (AssertionError | IllegalStateException stillThere) {
            kill();
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** The end of its log, for a failure's message. */
    public String tail() {
        return process.tail();
    }

    /** The status code of one of its endpoints; 0 if there was no answer. */
    public int status(String path) {
        try {
            return get(path).statusCode();
        } catch (UncheckedIOException noAnswer) {
            return 0;
        }
    }

    public String body(String path) {
        return get(path).body();
    }

    /** The page as it is now. */
    public String pageBody() {
        return get(page().orElseThrow()).body();
    }

    private HttpResponse<String> get(String path) {
        int port = port().orElseThrow(() -> new UncheckedIOException(new IOException("it does not listen yet")));
        return get(URI.create("http://127.0.0.1:" + port + path));
    }

    private static HttpResponse<String> get(URI address) {
        try {
            return HTTP.send(HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(5)).build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private OptionalInt port() {
        return inTheLog(PORT).map(Integer::parseInt).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    private Optional<String> inTheLog(Pattern pattern) {
        try {
            Matcher line = pattern.matcher(Files.readString(log));
            return line.find() ? Optional.of(line.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void keepEndpoints() {
        if (isAlive()) {
            port().ifPresent(Shown::keepEndpoints);
            page().ifPresent(page -> Shown.keepPage(page.getPort()));
        }
    }

    /** Leaves nothing running. */
    @Override
    public void close() {
        keepEndpoints();
        kill();
    }
}
