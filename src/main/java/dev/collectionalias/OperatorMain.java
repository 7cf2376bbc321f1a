package dev.collectionalias;

import java.io.IOException;
import java.time.Clock;
import java.util.List;

import dev.collectionalias.runtime.OperatorClient;
import dev.collectionalias.runtime.OperatorConfig;
import dev.collectionalias.runtime.OperatorProcess;
import io.fabric8.kubernetes.client.ConfigBuilder;

/** The operator's program: all that its image runs. Environment variables configure it; see docs/configuration.md. */
public final class OperatorMain {

    /** The one argument that the operator takes. Deployments have always given it. */
    private static final String RUN = "run";

    private OperatorMain() {}

    public static void main(String[] arguments) throws IOException {
        try {
            check(List.of(arguments));
            start(OperatorConfig.from(System.getenv()));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    private static void check(List<String> arguments) {
        if (!arguments.isEmpty() && !arguments.equals(List.of(RUN))) {
            throw new IllegalArgumentException(
                    "the operator takes no argument but '%s', and was given '%s'; ".formatted(
                            RUN, String.join(" ", arguments)) + "the commands for people are those of kubectl-calias");
        }
    }

    private static void start(OperatorConfig config) throws IOException {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", config.logLevel());
        // Halting skips the shutdown hook, which would wait for reconciles that must not go on.
        OperatorProcess process = new OperatorProcess(config,
                permit -> OperatorClient.of(new ConfigBuilder(), permit), Clock.systemUTC(),
                code -> Runtime.getRuntime().halt(code));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop"));
        process.start();
    }
}
