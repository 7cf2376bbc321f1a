package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

import dev.collectionalias.runtime.OperatorConfig;
import dev.collectionalias.runtime.OperatorProcess;

/** The operator inside the test's JVM, under the role that is shipped, watching one namespace. */
public final class OperatorUnderTest implements AutoCloseable {

    private final OperatorProcess process;

    private OperatorUnderTest(OperatorProcess process) {
        this.process = process;
    }

    public static OperatorUnderTest start(ControlPlane controlPlane, String namespace) {
        OperatorConfig config = OperatorConfig.from(
                Map.of("WATCH_NAMESPACES", namespace, "LEADER_ELECTION", "false", "HTTP_PORT", "0"));
        try {
            OperatorProcess process = new OperatorProcess(config, ShippedRole.client(controlPlane), code -> {
                throw new IllegalStateException("the operator ended with " + code);
            });
            process.start();
            return new OperatorUnderTest(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.close();
    }
}
