package dev.collectionalias.bench;

import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code bench/RESULTS.md}: what a run found out, for people. */
final class ResultsPage {

    private static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'")
            .withZone(ZoneOffset.UTC);
    private static final String PICTURE = """
            ![p50 and p99 from call to status, and the rates of bursts](results.svg)

            """;
    private static final List<Integer> PERCENTILES = List.of(50, 90, 99);

    private final Report report;

    private ResultsPage(Report report) {
        this.report = report;
    }

    static String of(Report report) {
        return new ResultsPage(report).text();
    }

    private String text() {
        return """
                # Results of the benchmark

                Written by `bench/run`; [README.md](README.md) says what is measured and how. Figures of one run on one machine can be compared
                with each other, and with nothing else.

                %s
                %s## Goals

                %s
                """
                .formatted(circumstances(), report.servers().isEmpty() ? "" : PICTURE, goals())
                + Stream.of(report.servers().stream().map(this::server),
                        report.apiFloor().stream().map(ResultsPage::apiFloor),
                        report.scale().stream().map(scale -> new ScaleSection(scale).text()))
                        .flatMap(Function.identity()).collect(Collectors.joining("\n"));
    }

    private String circumstances() {
        Machine machine = report.machine();
        return MarkdownTable.of(List.of("", ""), Stream.concat(Stream.of(
                List.of("Date", MINUTE.format(report.at())),
                List.of("Machine", "%s, %d cores, %d GiB, %s; %d %% idle before the run".formatted(machine.processor(),
                        machine.cores(), machine.memoryGib(), machine.system(), machine.idlePercent())),
                List.of("Versions", String.join(", ", report.versions()) + ", Java " + machine.java())),
                report.servers().stream().limit(1).map(any -> List.of("Load", load(report.settings())))));
    }

    private static String load(Settings settings) {
        return "%d objects at %s/s, then %d at once over %d connections; %d rounds, after %d objects of warm-up each"
                .formatted(settings.steady(), Numbers.shown(settings.perSecond()), settings.burst(),
                        settings.connections(), settings.rounds(), settings.warmUp());
    }

    private String goals() {
        return MarkdownTable.of(List.of("On", "Goal", "Figure", "Bound", "Figure / bound", ""), report.goals().stream()
                .map(goal -> List.of(goal.server(), goal.what(), goal.shown(goal.figure()),
                        "%s %s".formatted(goal.atMost() ? "≤" : "≥", goal.shown(goal.bound())),
                        Numbers.ratio(goal.ratio()), goal.met() ? "met" : "**not met**")));
    }

    private String server(ServerReport server) {
        return """
                ## On %s

                At a fixed rate, milliseconds from the API call, p50 / p90 / p99. *active* is the first status that names the collection.

                %s
                At once, objects per second:

                %s
                Calls to Milvus for each object:

                %s
                Requests to the API server for each object, besides those of the load:

                %s
                The same calls without an operator, with one client of the Java SDK:

                %s"""
                .formatted(server.server(), steady(server), burst(server), calls(server), requests(server),
                        floors(server));
    }

    private static String steady(ServerReport server) {
        return MarkdownTable.of(List.of("", "create → Ready", "switch → active", "switch → Ready", "CPU, ms per create",
                "CPU, ms per switch"),
                rows(server,
                        round -> List.of(percentiles(round.steadyCreate().done()),
                                percentiles(round.steadySwitch().active()), percentiles(round.steadySwitch().done()),
                                Numbers.shown(round.steadyCreate().cpuMillis()),
                                Numbers.shown(round.steadySwitch().cpuMillis()))));
    }

    private String burst(ServerReport server) {
        String memory = "memory at %d objects, MiB".formatted(report.settings().burst());
        return MarkdownTable.of(
                List.of("", "create", "switch → active", "switch → Ready", "delete", memory, "peak, MiB"),
                rows(server, round -> List.of(Numbers.shown(round.burstCreate().perSecond()),
                        Numbers.shown(round.burstSwitch().activePerSecond()),
                        Numbers.shown(round.burstSwitch().perSecond()), Numbers.shown(round.burstDelete().perSecond()),
                        Numbers.shown(round.memory().residentMib()), Numbers.shown(round.memory().peakMib()))));
    }

    private static Stream<List<String>> rows(ServerReport server, Function<Round, List<String>> cells) {
        return server.rounds().entrySet().stream().map(entry -> Stream
                .concat(Stream.of(entry.getKey()), cells.apply(entry.getValue()).stream()).toList());
    }

    private static String calls(ServerReport server) {
        return byPhase(server, costs -> costs.rpcs()::described);
    }

    private static String requests(ServerReport server) {
        return byPhase(server, costs -> costs::requests);
    }

    private static String byPhase(ServerReport server, Function<Costs, Function<Phase, String>> cells) {
        return MarkdownTable.of(List.of("", "create", "switch", "delete"),
                server.costs().entrySet().stream().map(entry -> Stream
                        .concat(Stream.of(entry.getKey()),
                                Stream.of(Phase.values()).map(cells.apply(entry.getValue())))
                        .toList()));
    }

    private static String floors(ServerReport server) {
        return MarkdownTable.of(List.of("", "ms at the fixed rate, p50 / p90 / p99", "per second at once"),
                server.rpcFloors().entrySet().stream().map(entry -> List.of(entry.getKey().name(),
                        percentiles(entry.getValue().steady()), Numbers.shown(entry.getValue().perSecond()))));
    }

    private static String apiFloor(ApiFloor floor) {
        return """
                ## The API server alone

                %s""".formatted(MarkdownTable.of(List.of("From a call to the event of a watch", "ms, p50 / p90 / p99"),
                Stream.of(List.of("create", percentiles(floor.create())),
                        List.of("status", percentiles(floor.status())))));
    }

    private static String percentiles(Latencies latencies) {
        return PERCENTILES.stream().map(percentile -> Numbers.shown(latencies.percentile(percentile)))
                .collect(Collectors.joining(" / "));
    }
}
