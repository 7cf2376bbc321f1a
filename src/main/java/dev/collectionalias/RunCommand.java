package dev.collectionalias;

import java.io.IOException;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;

import dev.collectionalias.runtime.OperatorClient;
import dev.collectionalias.runtime.OperatorConfig;
import dev.collectionalias.runtime.OperatorProcess;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import picocli.CommandLine.Command;

/** Runs the operator until it is told to stop. */
@Command(name = "run", mixinStandardHelpOptions = true, description = "Runs the operator. Environment variables configure it; see docs/configuration.md.")
final class RunCommand implements Callable<Integer> {

    @Override
    public Integer call() throws IOException, InterruptedException {
        OperatorConfig config;
        try {
            config = OperatorConfig.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", config.logLevel());
        KubernetesClient client = OperatorClient.of(new ConfigBuilder());
        // Halting skips the shutdown hook, which would wait for reconciles that must not go on.
        OperatorProcess process = new OperatorProcess(config, client, Clock.systemUTC(),
                code -> Runtime.getRuntime().halt(code));
        Runtime.getRuntime().addShutdownHook(new Thread(process::close, "stop"));
        process.start();
        new CountDownLatch(1).await();
        return 0;
    }
}
