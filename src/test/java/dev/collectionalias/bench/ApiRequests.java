package dev.collectionalias.bench;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.Scrape;

/**
 * How many requests of each kind the API server was sent about aliases and Events.
 *
 * @param counts by verb and resource, as in {@code PATCH collectionaliases/status}
 */
record ApiRequests(Map<String, Double> counts) {

    private static final Set<String> RESOURCES = Set.of("collectionaliases", "milvusconnections", "events");
    /** A watch is one request, however much it tells. */
    private static final Set<String> READS_OF_ALL = Set.of("LIST", "WATCH");

    /** What the API server has counted so far. */
    static ApiRequests soFar(ControlPlane controlPlane) {
        Command.Outcome metrics = controlPlane.kubectl("get", "--raw", "/metrics");
        if (metrics.exitCode() != 0) {
            throw new IllegalStateException("the API server's metrics: " + metrics.stderr());
        }
        return in(Scrape.of(metrics.stdout()));
    }

    static ApiRequests in(Scrape metrics) {
        return new ApiRequests(metrics.series().stream()
                .filter(series -> series.name().equals("apiserver_request_total"))
                .filter(series -> RESOURCES.contains(series.labels().get("resource"))
                        && !READS_OF_ALL.contains(series.labels().get("verb")))
                .collect(Collectors.groupingBy(series -> kind(series.labels()), TreeMap::new,
                        Collectors.summingDouble(Scrape.Series::value))));
    }

    private static String kind(Map<String, String> labels) {
        String subresource = labels.get("subresource");
        return "%s %s%s".formatted(labels.get("verb"), labels.get("resource"),
                subresource.isEmpty() ? "" : "/" + subresource);
    }

    /** What an operator was the cause of for each object, if this many were changed since by one request each. */
    ApiRequests perObjectSince(ApiRequests before, Phase phase, int objects) {
        String own = switch (phase) {
            case CREATE -> "POST collectionaliases";
            case SWITCH -> "PATCH collectionaliases";
            case DELETE -> "DELETE collectionaliases";
        };
        Map<String, Double> perObject = new TreeMap<>();
        counts.forEach((kind, count) -> perObject.put(kind,
                (count - before.counts().getOrDefault(kind, 0.0)) / objects - (kind.equals(own) ? 1 : 0)));
        perObject.values().removeIf(count -> count < RpcCosts.BESIDE);
        return new ApiRequests(perObject);
    }

    /** How many changed something, or tried to. */
    long writesSince(ApiRequests before) {
        return counts.entrySet().stream().filter(entry -> !entry.getKey().startsWith("GET "))
                .mapToLong(entry -> Math.round(entry.getValue() - before.counts().getOrDefault(entry.getKey(), 0.0)))
                .sum();
    }

    String described() {
        return counts.entrySet().stream()
                .map(entry -> "%s × %s".formatted(Numbers.shown(entry.getValue()), entry.getKey()))
                .collect(Collectors.joining(", "));
    }
}
