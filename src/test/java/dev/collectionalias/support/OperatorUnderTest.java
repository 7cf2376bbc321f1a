package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.function.IntConsumer;

import dev.collectionalias.runtime.OperatorConfig;
import dev.collectionalias.runtime.OperatorProcess;
import io.fabric8.kubernetes.client.KubernetesClient;

/** The operator inside the test's JVM, under the role that is shipped. */
public final class OperatorUnderTest implements AutoCloseable {

    private final OperatorProcess process;

    private OperatorUnderTest(OperatorProcess process) {
        this.process = process;
    }

    /** Watches these namespaces only, so that it leaves alone what other tests have in the same cluster. */
    public static OperatorUnderTest start(ControlPlane controlPlane, String namespaces) {
        return start(controlPlane, namespaces, Clock.systemUTC());
    }

    /** The same by another clock than this machine's. */
    public static OperatorUnderTest start(ControlPlane controlPlane, String namespaces, Clock clock) {
        return start(ShippedRole.client(controlPlane), namespaces, clock);
    }

    /** Watches the whole cluster, which no other test may use. */
    public static OperatorUnderTest startInClusterMode(ControlPlane controlPlane) {
        return startInClusterMode(controlPlane, Clock.systemUTC());
    }

    /** @param clock for what takes longer than a test may */
    public static OperatorUnderTest startInClusterMode(ControlPlane controlPlane, Clock clock) {
        return start(ShippedRole.client(controlPlane), "", clock);
    }

    /** Watches its namespace under the role of {@code deploy/overlays/namespaced}. */
    public static OperatorUnderTest startInNamespacedMode(ControlPlane controlPlane, TestNamespace namespace) {
        return start(ShippedRole.namespacedClient(controlPlane, namespace), namespace.name(), Clock.systemUTC());
    }

    /** Watches these namespaces with whatever rights the client has. */
    public static OperatorUnderTest start(KubernetesClient client, String namespaces) {
        return start(client, namespaces, Clock.systemUTC());
    }

    private static OperatorUnderTest start(KubernetesClient client, String namespaces, Clock clock) {
        return start(client, namespaces, clock, code -> {
            throw new IllegalStateException("the operator ended with " + code);
        });
    }

    /** @param exit is told what the process would end with */
    public static OperatorUnderTest start(KubernetesClient client, String namespaces, Clock clock, IntConsumer exit) {
        OperatorConfig config = OperatorConfig.from(
                Map.of("WATCH_NAMESPACES", namespaces, "LEADER_ELECTION", "false", "HTTP_PORT", "0"));
        Shown.keepLogOfThisJvm();
        try {
            OperatorProcess process = new OperatorProcess(config, permit -> client, clock, exit);
            process.start();
            return new OperatorUnderTest(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What a Prometheus would get. */
    public Scrape scrape() {
        return Scrape.of(URI.create("http://127.0.0.1:" + process.httpPort()));
    }

    @Override
    public void close() {
        Shown.keepEndpoints(process.httpPort());
        process.close();
    }
}
