package dev.collectionalias.quickstart;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * What there is to see: an alias created, switched under searches, held back, switched back by itself, and dropped. Each
 * step is checked in Milvus.
 */
final class Tour {

    static final String OLD = "products_v1";
    static final String NEW = "products_v2";

    /** Enough to meet the switch on every thread, and few enough for a slow machine. */
    private static final int SEARCHES = 500;
    private static final Duration SEARCHES_WITHIN = Duration.ofSeconds(60);

    private final Console console;
    private final TourStage stage;
    private final ExampleManifests manifests;
    private final List<Figures.Timing> timings = new ArrayList<>();

    Tour(Console console, TourStage stage) {
        this.console = console;
        this.stage = stage;
        this.manifests = new ExampleManifests(stage.client());
    }

    /** Returns what was measured; throws if a step does not come out as it should. */
    Figures take() {
        console.step("kubectl apply -f deploy/examples/connection.yaml   (with this Milvus' address)", () -> {
            MilvusConnection connection = manifests.applyConnection(stage.milvusUri());
            return "MilvusConnection default: " + sentence(connection.getStatus().conditions());
        });
        console.step("kubectl apply -f deploy/examples/alias.yaml", this::create);
        try (TourSearchTraffic traffic = new TourSearchTraffic(stage.milvusUri(), ExampleManifests.ALIAS, OLD)) {
            console.step("Searching " + ExampleManifests.ALIAS + " without pause", () -> {
                traffic.start();
                return awaitSearches(traffic);
            });
            console.step("spec.collection: " + NEW + "   (and kubectl apply once more)", () -> switchOver(traffic));
            console.step("Searching on", () -> awaitSearches(traffic));
            new GatedCutover(console, stage, manifests, traffic, timings).take();
            console.step("Searching on", () -> awaitSearches(traffic));
            traffic.stop();
            console.step("kubectl delete -f deploy/examples/alias.yaml", this::delete);
            if (traffic.failed() > 0) {
                console.failure("the first search that failed: " + traffic.firstFailure());
            }
            return new Figures(timings, traffic.done(), traffic.answers(), traffic.failed(), traffic.astray());
        }
    }

    private String create() throws IOException {
        long begin = System.nanoTime();
        CollectionAlias alias = manifests.applyAlias();
        timings.add(new Figures.Timing("manifest applied until Ready", millisSince(begin)));
        stage.collections().expectTarget(ExampleManifests.ALIAS, OLD);
        return told(alias, OLD);
    }

    private String switchOver(TourSearchTraffic traffic) {
        traffic.allow(OLD, NEW);
        long begin = System.nanoTime();
        CollectionAlias alias = manifests.changeCollection(NEW);
        traffic.allow(NEW);
        timings.add(new Figures.Timing("collection changed until Ready", millisSince(begin)));
        timings.add(new Figures.Timing("  of which the switch in Milvus", switchMillis(alias)));
        stage.collections().expectTarget(ExampleManifests.ALIAS, NEW);
        return told(alias, NEW);
    }

    /** How long the call took that made the last change; null if the status does not say it. */
    static Long switchMillis(CollectionAlias alias) {
        return alias.getStatus().history().isEmpty() ? null : alias.getStatus().history().getFirst().switchMillis();
    }

    static String told(CollectionAlias alias, String collection) {
        return "CollectionAlias products: %s%n    Milvus: %s -> %s".formatted(sentence(alias.getStatus().conditions()),
                ExampleManifests.ALIAS, collection);
    }

    private String delete() {
        manifests.deleteAlias();
        for (String collection : List.of(OLD, NEW, GatedCutover.CANDIDATE)) {
            if (stage.collections().hasAlias(collection, ExampleManifests.ALIAS)) {
                throw new TourFailure("the object is gone, but Milvus still has the alias, on " + collection);
            }
        }
        return "the object and the alias are gone; the collections are still there";
    }

    static String awaitSearches(TourSearchTraffic traffic) {
        long goal = traffic.done() + SEARCHES;
        try {
            Awaitility.await().atMost(SEARCHES_WITHIN).until(() -> traffic.done() >= goal);
        } catch (ConditionTimeoutException e) {
            throw new TourFailure("only %d searches were done, %d of them failed: %s".formatted(traffic.done(),
                    traffic.failed(), traffic.firstFailure()), e);
        }
        return "%,d searches so far, %d failed".formatted(traffic.done(), traffic.failed());
    }

    private static String sentence(Iterable<Condition> conditions) {
        return ExampleManifests.ready(conditions)
                .map(ready -> "Ready=%s %s, \"%s\"".formatted(ready.status(), ready.reason(), ready.message()))
                .orElse("no condition Ready");
    }

    static long millisSince(long begin) {
        return Duration.ofNanos(System.nanoTime() - begin).toMillis();
    }
}
