package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** What a user types, in one namespace. */
public record Kubectl(ControlPlane controlPlane, String namespace, Path kubeconfig) {

    private static final Path EXAMPLES = Path.of("deploy/examples");
    /** Where the examples expect Milvus to be. */
    private static final String EXAMPLE_URI = "http://milvus.milvus:19530";
    private static final String EXAMPLE_TOKEN = "root:Milvus";

    /** As the administrator. */
    public Kubectl(ControlPlane controlPlane, String namespace) {
        this(controlPlane, namespace, controlPlane.adminKubeconfig());
    }

    /** Runs a command that has to succeed, and returns what it prints. */
    public String run(String... arguments) {
        return runWith("", arguments);
    }

    public String apply(String manifest) {
        return runWith(manifest, "apply", "-f", "-");
    }

    /** Applies a file of {@code deploy/examples} as it is, but for the address of Milvus. */
    public String applyExample(String file, MilvusServer milvus) {
        return apply(example(file).replace(EXAMPLE_URI, milvus.uri()).replace(EXAMPLE_TOKEN, milvus.token()));
    }

    public static String example(String file) {
        try {
            return Files.readString(EXAMPLES.resolve(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns when kubectl sees the object ready at its newest generation. */
    public void awaitReady(String alias) {
        run("wait", "--for=condition=Ready", "--timeout=45s", "calias/" + alias);
    }

    /** The same, with a file on its standard input. */
    public String runWith(String input, String... arguments) {
        List<String> line = new ArrayList<>(List.of("-n", namespace));
        line.addAll(List.of(arguments));
        Command.Outcome outcome = controlPlane.kubectlAs(kubeconfig, input,
                line.toArray(String[]::new));
        if (outcome.exitCode() != 0) {
            throw new AssertionError("kubectl %s ended with %d: %s%n%s".formatted(String.join(" ", line),
                    outcome.exitCode(), outcome.stderr(), objects()));
        }
        return outcome.stdout();
    }

    /** What there is, for a failure's message. */
    private String objects() {
        return controlPlane.kubectl("-n", namespace, "get", "calias,mconn", "-o", "yaml").stdout();
    }
}
