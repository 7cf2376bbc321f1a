package dev.collectionalias.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.Directories;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.Rpc;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The program behind {@code bench/run}. */
@Command(name = "bench/run", mixinStandardHelpOptions = true, sortOptions = false, showDefaultValues = true, description = "Measures this operator, and yardsticks where they are given, on a real kube-apiserver and etcd, with a real Milvus 2.3.5 and with the tests' in-process Milvus: how soon and how many (load), and what many objects cost (scale). Writes RESULTS.md and results.svg.")
final class Benchmark implements Callable<Integer> {

    @Option(names = "--peers", paramLabel = "DIR", description = "A directory of yardsticks: crd.yaml, go/ (a module), kopf/operator.py. What is absent is left out.")
    private Path peers;

    @Option(names = "--quick", description = "Less of everything: within six minutes, to see whether all works.")
    private boolean quick;

    @Option(names = "--rounds", paramLabel = "N", description = "How often each has its turn. Default: 3, quick: 1.")
    private Integer rounds;

    @Option(names = "--servers", paramLabel = "NAME", split = ",", defaultValue = "2.3.5,in-process", description = "Which Milvus: 2.3.5, in-process.")
    private List<String> servers;

    @Option(names = "--only", paramLabel = "TEXT", description = "Contenders whose names have this in them.")
    private String only;

    @Option(names = "--java-option", paramLabel = "OPTION", description = "Of this operator's Java runtime, for example for a profiler.")
    private List<String> javaOptions = new ArrayList<>();

    @Option(names = "--parts", paramLabel = "NAME", split = ",", defaultValue = "load,scale", description = "What is measured: load, scale.")
    private Set<Part> parts;

    @Option(names = "--scale", paramLabel = "N", description = "How many objects there are in the part scale. Default: 10000, quick: 500.")
    private Integer objects;

    @Option(names = "--output", paramLabel = "DIR", defaultValue = "bench", description = "Where the results go.")
    private Path output;

    /** Constants as they are written on the command line. */
    enum Part {
        load, scale
    }

    private static final int OBJECTS = 10_000;
    private static final int QUICK_OBJECTS = 500;
    /** Neither what is the same with fewer gates, nor what no goal is measured by. */
    private static final Set<String> SCALED = Set.of(ThisOperator.DEFAULTS, Yardstick.GO);

    /** What the in-process Milvus says of a client that was killed, which happens here on purpose. */
    private static final Logger KILLED = Logger.getLogger("io.milvus.shaded.io.grpc");

    private final Clock clock;
    private final Path directory = Path.of("target", "bench", "run").toAbsolutePath();

    private Benchmark(Clock clock) {
        this.clock = clock;
    }

    public static void main(String[] arguments) {
        KILLED.setLevel(Level.SEVERE);
        System.exit(new CommandLine(new Benchmark(Clock.systemUTC())).execute(arguments));
    }

    @Override
    public Integer call() throws IOException {
        Settings settings = settings();
        Machine machine = Machine.here();
        Directories.delete(directory);
        Directories.create(directory);
        say("Starting kube-apiserver and etcd (built on the first run)");
        try (ControlPlane controlPlane = ControlPlane.startUnaudited(directory.resolve("control-plane"))) {
            controlPlane.applyCrds();
            List<Contender> contenders = contenders(controlPlane);
            List<String> versions = versions(controlPlane, contenders);
            Report report = new Report(clock.instant(), machine, versions, settings, Optional.empty(), List.of(),
                    Optional.empty());
            if (parts.contains(Part.load)) {
                report = load(report, new Trial(controlPlane, settings), contenders);
            }
            List<Contender> scaled = contenders.stream().filter(contender -> SCALED.contains(contender.name()))
                    .toList();
            if (parts.contains(Part.scale) && !scaled.isEmpty()) {
                write(report.with(scale(controlPlane, settings, scaled)));
            }
        }
        return 0;
    }

    private Report load(Report begun, Trial trial, List<Contender> contenders) throws IOException {
        say("The API server alone");
        Report report = begun.with(trial.apiFloor(ThisOperator.kind(Map.of())));
        for (String server : servers) {
            report = report.with(measure(server, trial, report.settings(), contenders));
            // A run that is ended here has told what it found out.
            write(report);
        }
        return report;
    }

    /** Who gives up is left behind, and the others are measured all the same. */
    private ScaleReport scale(ControlPlane controlPlane, Settings settings, List<Contender> contenders) {
        ScaleSettings scale = ScaleSettings.of(objects == null ? quick ? QUICK_OBJECTS : OBJECTS : objects, quick);
        Map<String, ScaleFigures> figures = new LinkedHashMap<>();
        Map<String, String> gaveUp = new LinkedHashMap<>();
        for (Contender contender : contenders) {
            say("%d objects: %s".formatted(scale.objects(), contender.name()));
            try (ScaleTrial trial = new ScaleTrial("scale-" + contenders.indexOf(contender), contender, controlPlane,
                    settings.burstPace(), scale, directory, this::say)) {
                try {
                    trial.measure();
                } catch (RuntimeException e) {
                    say("  gave up: " + e.getMessage());
                    gaveUp.put(contender.name(), String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                }
                figures.put(contender.name(), trial.figures());
            }
        }
        say("What is pulled of the image");
        return new ScaleReport(scale, ScaleTrial.SERVER, figures, gaveUp, ThisOperator.image(directory));
    }

    private Settings settings() {
        Settings settings = quick ? Settings.QUICK : Settings.FULL;
        return rounds == null
                ? settings
                : new Settings(rounds, settings.steady(), settings.perSecond(), settings.burst(),
                        settings.connections(), settings.warmUp(), settings.floor());
    }

    private List<Contender> contenders(ControlPlane controlPlane) {
        List<Contender> all = new ArrayList<>(ThisOperator.both(controlPlane, directory, javaOptions));
        if (peers != null) {
            say("Building the yardsticks (minutes on the first run)");
            all.addAll(Yardstick.in(peers, controlPlane, directory));
        }
        return all.stream().filter(contender -> only == null || contender.name().contains(only)).toList();
    }

    private ServerReport measure(String server, Trial trial, Settings settings, List<Contender> contenders) {
        Supplier<MilvusServer> servers = switch (server) {
            case "2.3.5" -> MilvusStandalone::new;
            case "in-process" -> InProcessMilvus::new;
            default -> throw new IllegalArgumentException("--servers is 2.3.5 or in-process, not " + server);
        };
        try (MilvusServer milvus = servers.get()) {
            say("Starting " + milvus.name());
            milvus.start();
            Trial.furnish(milvus);
            say("  calls without an operator");
            Map<Rpc, RpcFloor> floors = RpcFloor.measure(milvus, settings);
            Map<String, List<Round>> rounds = new LinkedHashMap<>();
            contenders.forEach(contender -> rounds.put(contender.name(), new ArrayList<>()));
            List<Contender> order = new ArrayList<>(contenders);
            for (int number = 1; number <= settings.rounds(); number++) {
                for (Contender contender : order) {
                    say("  round %d: %s".formatted(number, contender.name()));
                    rounds.get(contender.name()).add(trial.round(contender, milvus));
                }
                // Nobody always has the server as the same one left it.
                Collections.rotate(order, 1);
            }
            say("  counting calls");
            Map<String, Round> merged = new LinkedHashMap<>();
            Map<String, Costs> costs = new LinkedHashMap<>();
            for (Contender contender : contenders) {
                merged.put(contender.name(), Round.of(rounds.get(contender.name())));
                costs.put(contender.name(), trial.costs(contender, server.equals("2.3.5") ? "v2.3.5" : "v3.0.0"));
            }
            return new ServerReport(milvus.name(), floors, merged, costs);
        }
    }

    private static List<String> versions(ControlPlane controlPlane, List<Contender> contenders) {
        return Stream.concat(contenders.stream().map(Contender::version),
                Stream.of("Kubernetes " + controlPlane.client().getKubernetesVersion().getGitVersion())).distinct()
                .toList();
    }

    private void write(Report report) throws IOException {
        Files.createDirectories(output);
        Files.writeString(output.resolve("RESULTS.md"), ResultsPage.of(report));
        if (!report.servers().isEmpty()) {
            Files.writeString(output.resolve("results.svg"), Plot.of(report));
        }
        say("Written: " + output.resolve("RESULTS.md"));
        report.goals().stream().filter(goal -> !goal.met()).forEach(goal -> say("  not met: " + goal));
    }

    private void say(String text) {
        System.out.printf("%tT %s%n", clock.instant().atZone(clock.getZone()), text);
    }
}
