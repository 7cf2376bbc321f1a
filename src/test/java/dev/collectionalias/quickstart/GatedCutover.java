package dev.collectionalias.quickstart;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import dev.collectionalias.CommandsMain;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.cli.Terminal;

/**
 * The part of the tour in which the operator decides by itself: a candidate is held back while it is too small, switched
 * to when it is not, and left again when it does not do well. Searches run all the while.
 */
final class GatedCutover {

    static final String CANDIDATE = "products_v3";

    private static final int AT_FIRST = 300;
    private static final int AT_LAST = 400;
    private static final String SPEC = """
            collection: %s
            cutover:
              gates: {rows: {percentOfActive: 95}}   # it needs 95 %% of the rows of %s first
              verify: {for: 15s}                     # then goes on being asked, and is left again if it fails
            """.formatted(CANDIDATE, Tour.NEW);

    private final Console console;
    private final TourStage stage;
    private final ExampleManifests manifests;
    private final TourSearchTraffic traffic;
    private final List<Figures.Timing> timings;
    private long applied;

    /** @param timings gets what is measured */
    GatedCutover(Console console, TourStage stage, ExampleManifests manifests, TourSearchTraffic traffic,
            List<Figures.Timing> timings) {
        this.console = console;
        this.stage = stage;
        this.manifests = manifests;
        this.traffic = traffic;
        this.timings = timings;
    }

    void take() {
        console.step("Beginning to fill the collection " + CANDIDATE, () -> {
            stage.collections().create(CANDIDATE, AT_FIRST);
            return "%d of its %d products are there so far".formatted(AT_FIRST, ProductCollections.ENTITIES);
        });
        console.step(
                "spec.collection: " + CANDIDATE + ", with a gate and a verification   (and kubectl apply once more)",
                this::holdBack);
        console.step("kubectl calias status " + ExampleManifests.ALIAS, this::status);
        console.step("Searching on, while " + CANDIDATE + " is held back", () -> Tour.awaitSearches(traffic));
        console.step("Inserting the other %d products; the operator switches by itself"
                .formatted(ProductCollections.ENTITIES - AT_FIRST), this::letThrough);
        console.step("Deleting %d of them, as if by mistake; the operator switches back by itself"
                .formatted(ProductCollections.ENTITIES - AT_LAST), this::takeBack);
        console.step("kubectl calias status " + ExampleManifests.ALIAS, this::status);
    }

    private String holdBack() {
        SPEC.lines().forEach(console::detail);
        applied = System.nanoTime();
        manifests.changeSpec(SPEC);
        manifests.await(Tour.NEW, Reason.GatesPending);
        stage.collections().expectTarget(ExampleManifests.ALIAS, Tour.NEW);
        return "Milvus: %s -> %s, still".formatted(ExampleManifests.ALIAS, Tour.NEW);
    }

    private String letThrough() {
        traffic.allow(Tour.NEW, CANDIDATE);
        timings.add(new Figures.Timing(CANDIDATE + " held back, for want of rows", Tour.millisSince(applied)));
        long begin = System.nanoTime();
        stage.collections().insert(CANDIDATE, AT_FIRST, ProductCollections.ENTITIES);
        CollectionAlias alias = manifests.await(CANDIDATE, Reason.Verifying);
        traffic.allow(CANDIDATE);
        timings.add(new Figures.Timing("rows inserted until switched", Tour.millisSince(begin)));
        timings.add(new Figures.Timing("  of which the switch in Milvus", Tour.switchMillis(alias)));
        stage.collections().expectTarget(ExampleManifests.ALIAS, CANDIDATE);
        return Tour.told(alias, CANDIDATE);
    }

    private String takeBack() {
        traffic.allow(CANDIDATE, Tour.NEW);
        long begin = System.nanoTime();
        stage.collections().delete(CANDIDATE, AT_LAST);
        manifests.await(Tour.NEW, Reason.RolledBack);
        traffic.allow(Tour.NEW);
        timings.add(new Figures.Timing("rows deleted until switched back", Tour.millisSince(begin)));
        stage.collections().expectTarget(ExampleManifests.ALIAS, Tour.NEW);
        return "Milvus: %s -> %s, again".formatted(ExampleManifests.ALIAS, Tour.NEW);
    }

    private String status() {
        StringWriter output = new StringWriter();
        PrintWriter writer = new PrintWriter(output);
        int code = CommandsMain.commandLine(Clock.systemUTC(), Terminal.NONE, Map.of()).setOut(writer).setErr(writer)
                .execute(
                        "status",
                        ExampleManifests.ALIAS, "--kubeconfig", stage.kubernetes().kubeconfig().toString());
        writer.flush();
        if (code != 0) {
            throw new TourFailure(output.toString());
        }
        return output.toString().lines().map(line -> line.isEmpty() ? "" : "    " + line)
                .collect(Collectors.joining("\n")).strip();
    }
}
