package dev.collectionalias.quickstart;

import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;

/** The program behind {@code ./quickstart}. */
final class Quickstart {

    private static final int TAIL = 30;
    private static final Logger LOG = LoggerFactory.getLogger(Quickstart.class);

    private final Console console;
    private final TourStage stage;

    private Quickstart(Console console, TourStage stage) {
        this.console = console;
        this.stage = stage;
    }

    public static void main(String[] arguments) {
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        Console console = new Console(out, Boolean.getBoolean("quickstart.terminal"));
        TourStage stage = new TourStage(console, Path.of("target", "quickstart").toAbsolutePath());
        Runtime.getRuntime().addShutdownHook(new Thread(stage::close, "stop"));
        int code = new Quickstart(console, stage).run(arguments);
        stage.close();
        System.exit(code);
    }

    private int run(String... arguments) {
        try {
            TourOptions options = CommandLine.populateCommand(new TourOptions(), arguments);
            stage.raise(options, Tour.OLD, Tour.NEW);
            Figures figures = new Tour(console, stage).take();
            figures.print(console);
            if (!figures.isGood()) {
                console.failure("Searches failed, or were answered by a collection that the alias did not point at.");
                return 1;
            }
            if (options.serve) {
                serve();
            }
            return 0;
        } catch (TourFailure e) {
            console.failure(e.getMessage());
            LOG.error("the tour failed", e);
            explainFailure();
            return 1;
        } catch (CommandLine.ParameterException e) {
            console.failure(e.getMessage() + " (./quickstart --help)");
            return 2;
        } catch (Exception e) {
            console.failure("Unexpected: " + e);
            LOG.error("the tour failed", e);
            explainFailure();
            return 1;
        }
    }

    private void explainFailure() {
        Path log = stage.operatorLog();
        if (!Files.exists(log)) {
            return; // it was not started yet
        }
        console.line("The end of the operator's log, " + TourStage.shown(log) + ":");
        tail(log).forEach(console::detail);
    }

    /** The last lines that it logged, without the frames of stack traces. */
    private static List<String> tail(Path log) {
        try (Stream<String> lines = Files.lines(log)) {
            List<String> shown = lines.filter(line -> !line.startsWith("\t")).toList();
            return shown.subList(Math.max(0, shown.size() - TAIL), shown.size());
        } catch (IOException e) {
            return List.of("(can't be read: " + e.getMessage() + ")");
        }
    }

    private void serve() throws InterruptedException {
        console.line("Everything is left running, until Ctrl-C. In another terminal:");
        console.line("");
        console.line("    export KUBECONFIG=" + stage.kubernetes().kubeconfig());
        if (!isOnPath("kubectl")) {
            stage.kubernetes().kubectl().ifPresent(path -> console.line("    alias kubectl=" + path));
        }
        if (!System.getProperty("java.home").equals(System.getenv("JAVA_HOME"))) {
            console.line("    export JAVA_HOME=" + System.getProperty("java.home"));
        }
        console.line("    export PATH=\"$PWD/deploy/plugin:$PATH\"   # has kubectl calias");
        console.line("    kubectl apply -f deploy/examples/alias.yaml");
        console.line("    kubectl get calias");
        console.line("    kubectl patch calias products --type=merge -p '{\"spec\":{\"collection\":\"" + Tour.NEW
                + "\"}}'");
        console.line("    kubectl calias status products");
        console.line("");
        console.line(
                "Milvus is at " + stage.milvusUri() + ", the operator's log is " + TourStage.shown(stage.operatorLog())
                        + ".");
        new CountDownLatch(1).await();
    }

    private static boolean isOnPath(String program) {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
