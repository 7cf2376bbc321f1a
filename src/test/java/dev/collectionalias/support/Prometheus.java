package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A real Prometheus that scrapes an operator each second and evaluates the alerts that are shipped. */
public final class Prometheus implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final URI uri = URI.create("http://127.0.0.1:" + FreePorts.next());
    private final Path directory = Directories.fresh("prometheus");
    private final ServerProcess process;

    private Prometheus(OperatorJvm operator) {
        // As the ServiceMonitor has it, with the label that a cluster's Prometheus adds.
        String configuration = """
                global: {scrape_interval: 1s, scrape_timeout: 1s, evaluation_interval: 1s}
                rule_files: ["%s"]
                scrape_configs:
                - job_name: collection-alias-operator-metrics
                  honor_labels: true
                  static_configs:
                  - targets: ["%s"]
                    labels: {namespace: collection-alias-system}
                """.formatted(Path.of("deploy/monitoring/alerts.yaml").toAbsolutePath(),
                operator.endpoints().getAuthority());
        try {
            Path file = Files.writeString(directory.resolve("prometheus.yaml"), configuration);
            process = ServerProcess.start("prometheus",
                    List.of(PrometheusPrograms.find().path("prometheus"), "--config.file=" + file,
                            "--storage.tsdb.path=" + directory.resolve("data"),
                            "--web.listen-address=" + uri.getAuthority()),
                    directory, Map.of(),
                    directory.resolveSibling("logs").resolve(directory.getFileName() + ".log"));
            process.awaitReady(this::isReady);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static Prometheus scraping(OperatorJvm operator) {
        return new Prometheus(operator);
    }

    /** The samples that a query finds now, without those that are no number. */
    public List<JsonNode> query(String expression) {
        JsonNode answer = get("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        if (!answer.path("status").asText().equals("success")) {
            throw new IllegalArgumentException(expression + ": " + answer.path("error").asText());
        }
        return list(answer.path("data").path("result")).stream()
                .filter(sample -> !sample.path("value").path(1).asText().equals("NaN")).toList();
    }

    /** The alerts, with the state that they are in. */
    public List<JsonNode> rules() {
        return list(get("/api/v1/rules").path("data").path("groups")).stream()
                .flatMap(group -> list(group.path("rules")).stream()).toList();
    }

    private static List<JsonNode> list(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }

    private JsonNode get(String path) {
        try {
            return JSON.readTree(http.send(HttpRequest.newBuilder(uri.resolve(path)).build(),
                    HttpResponse.BodyHandlers.ofString()).body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private boolean isReady() {
        try {
            return !query("up == 1").isEmpty();
        } catch (UncheckedIOException notYet) {
            return false;
        }
    }

    @Override
    public void close() {
        process.close();
        http.close();
        Directories.delete(directory);
    }
}
