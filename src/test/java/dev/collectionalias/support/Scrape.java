package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What {@code /metrics} said once. */
public record Scrape(String text, List<Series> series) {

    private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** One value. */
    public record Series(String name, Map<String, String> labels, double value) {

        private boolean has(String labelsWanted) {
            return labels.entrySet().containsAll(parse(labelsWanted).entrySet());
        }
    }

    /** Asks an operator. */
    public static Scrape of(URI operator) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            String text = http.send(HttpRequest.newBuilder(operator.resolve("/metrics")).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
            return of(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** In the text format of Prometheus. */
    public static Scrape of(String text) {
        return new Scrape(text, text.lines().filter(line -> !line.startsWith("#")).map(Scrape::line).toList());
    }

    /** The sum of the series with this name that have these labels, as in PromQL; empty: there is none. */
    public OptionalDouble value(String name, String labels) {
        List<Series> found = series.stream().filter(one -> one.name().equals(name) && one.has(labels)).toList();
        return found.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(found.stream().mapToDouble(Series::value)
                        .sum());
    }

    /** The series that have these labels, whatever their name. */
    public List<Series> with(String labels) {
        return series.stream().filter(one -> one.has(labels)).toList();
    }

    private static Series line(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalStateException("no sample: " + line);
        }
        return new Series(parts.group(1), parse(parts.group(2) == null ? "" : parts.group(2)),
                Double.parseDouble(parts.group(3).replace("Inf", "Infinity")));
    }

    private static Map<String, String> parse(String labels) {
        Map<String, String> parsed = new HashMap<>();
        LABEL.matcher(labels).results().forEach(label -> parsed.put(label.group(1), label.group(2)));
        return parsed;
    }
}
