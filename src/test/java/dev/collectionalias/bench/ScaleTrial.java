package dev.collectionalias.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

import dev.collectionalias.bench.Contender.Ability;
import dev.collectionalias.bench.ScaleFigures.Activity;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.Scrape;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;

/**
 * Runs one contender with one object, and with more and more. Its objects are left behind, so that it can be measured
 * once only on one API server.
 */
final class ScaleTrial implements AutoCloseable {

    private static final String VERSION = "v3.0.0";
    static final String SERVER = "in-process Milvus " + VERSION;
    private static final String PASSES = "operator_sdk_reconciliations_success_total";
    private static final String READY = "collectionalias_ready";
    private static final double BYTES_PER_MIB = 1024 * 1024;
    private static final long PATIENCE_SECONDS = 300;

    private final Contender contender;
    private final ControlPlane controlPlane;
    private final LoadPace pace;
    private final ScaleSettings settings;
    private final Path directory;
    private final Consumer<String> progress;
    private final String namespace;
    private final Layout layout;
    private final InProcessMilvus milvus = new InProcessMilvus(VERSION);
    private final CallWatch calls = new CallWatch(milvus);
    private final Population population;
    private final List<Contender.Running> launched = new ArrayList<>();

    private final List<Double> starts = new ArrayList<>();
    private final List<Double> stopped = new ArrayList<>();
    private final List<Double> killed = new ArrayList<>();
    private final Map<Integer, Round.Memory> memory = new HashMap<>();
    private double perSecond = Double.NaN;
    private Activity rest;
    private ScaleFigures.Drift drift;
    private Activity restart;
    private ScaleFigures.Answer metrics;
    private Double heapMib;

    /** @param name of the namespace, too */
    ScaleTrial(String name, Contender contender, ControlPlane controlPlane, LoadPace pace, ScaleSettings settings,
            Path directory, Consumer<String> progress) {
        this.contender = contender;
        this.controlPlane = controlPlane;
        this.pace = pace;
        this.settings = settings;
        this.directory = directory;
        this.progress = progress;
        namespace = name;
        layout = new Layout(contender.abilities().contains(Ability.DATABASES)
                ? settings.databaseNames()
                : List.of(MilvusState.DEFAULT_DATABASE), settings.collections());
        controlPlane.client().resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .create();
        population = new Population(controlPlane.client(), kind(), name, layout);
    }

    private AliasKind kind() {
        return contender.abilities().contains(Ability.DRIFT)
                ? contender.kind().with(Map.of("refreshInterval", settings.refresh().toSeconds() + "s"))
                : contender.kind();
    }

    /** One step after the other; what one found out is there when the next one fails. */
    void measure() {
        milvus.start();
        layout.furnish(milvus);
        contender.connect(namespace, milvus);
        try (Contender.Running first = launch()) {
            population.growTo(1, pace);
            first.stop();
        }
        progress.accept("  starts");
        for (int i = 0; i < settings.starts(); i++) {
            starts.add(start());
        }
        if (contender.abilities().contains(Ability.LEADER_ELECTION)) {
            progress.accept("  hand-overs");
            handOvers(Contender.Running::stop, stopped);
            handOvers(Contender.Running::kill, killed);
        }
        grow();
        progress.accept("  restart");
        restart();
    }

    ScaleFigures figures() {
        return new ScaleFigures(List.copyOf(starts), List.copyOf(stopped), List.copyOf(killed), perSecond,
                Map.copyOf(memory), Optional.ofNullable(rest), Optional.ofNullable(drift),
                Optional.ofNullable(restart), Optional.ofNullable(metrics), Optional.ofNullable(heapMib));
    }

    private double start() {
        CallWatch.Awaited look = calls.nextLook();
        long at = System.nanoTime();
        try (Contender.Running running = launch()) {
            double seconds = look.secondsSince(at);
            running.awaitReady();
            running.stop();
            return seconds;
        }
    }

    private void handOvers(Consumer<Contender.Running> end, List<Double> seconds) {
        CallWatch.Awaited first = calls.nextLook();
        Contender.Running active = launch();
        first.moment();
        for (int i = 0; i < settings.handOvers(); i++) {
            try (Contender.Running leaver = active) {
                active = launch();
                active.awaitReady();
                CallWatch.Awaited look = calls.nextLook();
                long at = System.nanoTime();
                end.accept(leaver);
                seconds.add(look.secondsSince(at));
            }
        }
        active.stop();
        active.close();
    }

    private void grow() {
        try (Contender.Running running = launch()) {
            population.growTo(settings.few(), pace);
            memory.put(settings.few(), settledMemory(running));
            progress.accept("  %d objects".formatted(settings.few()));
            perSecond = population.growTo(settings.objects(), pace);
            memory.put(settings.objects(), settledMemory(running));
            progress.accept("  %d objects".formatted(settings.objects()));
            if (contender.abilities().contains(Ability.DRIFT)) {
                drift = drift();
            }
            progress.accept("  at rest");
            rest = rest(usage(running));
            running.stop();
        }
    }

    private void restart() {
        CallWatch.Awaited describedAll = calls.described(settings.objects());
        Tally tally = Tally.begin(controlPlane, milvus);
        long start = System.nanoTime();
        try (Contender.Running running = launch()) {
            restart = tally.end((lookedAtAll(running, describedAll) - start) / 1e9, usage(running));
            long at = System.nanoTime();
            running.scrape().ifPresent(scrape -> metrics = new ScaleFigures.Answer((System.nanoTime() - at) / 1e9,
                    scrape.text().length() / BYTES_PER_MIB));
            running.heap().ifPresent(heap -> {
                heapMib = heap.mib();
                keep(heap);
            });
            running.kill();
        }
    }

    /** Somebody asks for its metrics in a cluster, too. */
    private static Round.Memory settledMemory(Contender.Running running) {
        Quiet.await(usage(running));
        running.scrape();
        return usage(running).memory();
    }

    private Activity rest(ProcessUsage process) {
        if (contender.abilities().contains(Ability.DRIFT)) {
            // What was created in a hurry is looked at in time from the second look on.
            LockSupport.parkNanos(settings.refresh().toNanos());
        }
        Tally tally = Tally.begin(controlPlane, milvus, process);
        LockSupport.parkNanos(settings.refresh().toNanos());
        return tally.end((double) settings.refresh().toSeconds(), process);
    }

    private ScaleFigures.Drift drift() {
        int object = settings.objects() / 2;
        String alias = Population.alias(object);
        Layout.Place place = layout.place(object);
        CallWatch.Awaited mended = calls.nextWriteOf(alias);
        milvus.state().setAlias(place.database(), alias, layout.besides(object).collection());
        long at = System.nanoTime();
        CallWatch.Awaited noticed = calls.nextLookAt(place);
        return new ScaleFigures.Drift(noticed.secondsSince(at), mended.secondsSince(noticed.moment()));
    }

    /** Who asks for whole collections tells itself how many objects it has looked at. */
    private long lookedAtAll(Contender.Running running, CallWatch.Awaited describedAll) {
        if (!contender.abilities().contains(Ability.DRIFT)) {
            return describedAll.moment();
        }
        running.awaitReady();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        long quiet = Quiet.await(usage(running));
        while (!isDone(running.scrape().orElseThrow())) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("not all objects were looked at within %d s after a restart"
                        .formatted(PATIENCE_SECONDS));
            }
            quiet = Quiet.await(usage(running));
        }
        return quiet;
    }

    private boolean isDone(Scrape scrape) {
        return scrape.value(PASSES, "kind=\"CollectionAlias\"").orElse(0) >= settings.objects()
                && scrape.value(READY, "").orElse(0) == settings.objects();
    }

    private void keep(JavaHeap heap) {
        try {
            Files.writeString(directory.resolve(namespace + "-heap.txt"), heap.histogram());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ProcessUsage usage(Contender.Running running) {
        return new ProcessUsage(running.pid());
    }

    private Contender.Running launch() {
        Contender.Running running = contender.launch("%s-%d".formatted(namespace, launched.size() + 1), milvus);
        launched.add(running);
        return running;
    }

    /** Whatever went wrong, nothing runs beside the next one. */
    @Override
    public void close() {
        launched.forEach(Contender.Running::kill);
        population.close();
        milvus.close();
    }
}
