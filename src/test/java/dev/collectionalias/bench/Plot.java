package dev.collectionalias.bench;

import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** {@code bench/results.svg}: what matters most of a run, on a white ground. */
final class Plot {

    private Plot() {}

    static String of(Report report) {
        List<BarChart> charts = report.servers().stream().flatMap(Plot::charts).toList();
        StringBuilder body = new StringBuilder();
        int top = 0;
        for (BarChart chart : charts) {
            body.append(chart.svg(top));
            top += chart.height();
        }
        return """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="-8 0 %d %d" font-family="sans-serif" font-size="12">
                <style>.title{font-weight:bold;font-size:13px} .figure{fill:#1f6feb} .beyond{fill:#b6d4fe}</style>
                <rect x="-8" y="0" width="100%%" height="100%%" fill="#fff"/>
                %s</svg>
                """.formatted(BarChart.WIDTH + 16, top + 8, body);
    }

    private static Stream<BarChart> charts(ServerReport server) {
        return Stream.of(
                latencies(server, "create → Ready", round -> round.steadyCreate().done()),
                latencies(server, "switch → active", round -> round.steadySwitch().active()),
                rates(server, "burst of creates", round -> round.burstCreate().perSecond()),
                rates(server, "burst of switches, to active", round -> round.burstSwitch().activePerSecond()),
                rates(server, "burst of deletions", round -> round.burstDelete().perSecond()));
    }

    private static BarChart latencies(ServerReport server, String what, Function<Round, Latencies> of) {
        return new BarChart("%s, %s: p50 / p99 in ms (shorter is better)".formatted(server.server(), what),
                server.rounds().entrySet().stream().map(entry -> {
                    Latencies latencies = of.apply(entry.getValue());
                    return new BarChart.Bar(entry.getKey(), latencies.percentile(50), latencies.percentile(99));
                }).toList());
    }

    private static BarChart rates(ServerReport server, String what, ToDoubleFunction<Round> of) {
        return new BarChart("%s, %s: objects/s (longer is better)".formatted(server.server(), what),
                server.rounds().entrySet().stream()
                        .map(entry -> new BarChart.Bar(entry.getKey(), of.applyAsDouble(entry.getValue()), Double.NaN))
                        .toList());
    }
}
