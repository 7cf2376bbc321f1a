package dev.collectionalias.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ClassPathJar;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.Pymilvus;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * Does what a page says, from top to bottom: writes the files that it names, types what stands behind a {@code $}, and sees
 * what it shows. Blocks in another language than {@code console} are not typed.
 */
@ExtendWith(ControlPlaneExtension.class)
class DocumentedStepsE2E {

    private static final Path DOCS = Path.of("docs");
    private static final String PROMPT = "$ ";
    private static final String TIME = "\\b(\\d+(ms|[smhd]))+\\b|\\b[\\d,]+ ms\\b";
    /** How a line begins that kubectl's client library writes to its log: such as that a watch ended, when the wait is over. */
    private static final Pattern LOG = Pattern.compile("[IWE]\\d{4} \\d\\d:\\d\\d:\\d\\d\\.\\d+ .*");
    private static final Set<String> PASSING = Stream.of(Reason.values()).map(Reason::name)
            .collect(Collectors.toSet());

    private record Step(String command, List<String> shown) {

        List<String> expected() {
            return comparable(shown);
        }
    }

    private final MilvusLite milvus = new MilvusLite();
    @TempDir
    private Path directory;
    private String namespace;
    private OperatorJvm operator;
    private Map<String, String> environment;

    @BeforeEach
    void start(ControlPlane controlPlane, TestNamespace testNamespace) throws IOException {
        namespace = testNamespace.name();
        milvus.start();
        operator = OperatorJvm.watching(namespace, ShippedRole.kubeconfig(controlPlane));
        Path kubeconfig = Files.copy(controlPlane.adminKubeconfig(), directory.resolve("kubeconfig"));
        environment = Map.of("KUBECONFIG", kubeconfig.toString(), "MILVUS_URI", milvus.uri(),
                "JAVA_HOME", System.getProperty("java.home"),
                "COLLECTION_ALIAS_JAR", ClassPathJar.write(directory.resolve("operator.jar")).toString(),
                "PATH", String.join(":", Path.of(controlPlane.kubectlPath()).toAbsolutePath().getParent().toString(),
                        Path.of("deploy/plugin").toAbsolutePath().toString(), Pymilvus.path(), System.getenv("PATH")));
        type("kubectl config set-context --current --namespace=" + namespace);
    }

    @AfterEach
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var first = operator) {
            // the last one first, and those that were started only
        }
    }

    @Test
    void gettingStarted() throws IOException {
        follow("getting-started.md", UnaryOperator.identity());
    }

    @Test
    void aNightlyRebuild() throws IOException {
        Files.writeString(directory.resolve("connection.yaml"), here(Files.readString(
                Path.of("deploy/examples/connection.yaml"))));
        type("kubectl apply -f connection.yaml");

        // Nobody waits five minutes here to see that a verification ends well.
        follow("blue-green.md", text -> text.replace("verify: {for: 5m}", "verify: {for: 2s}"));
    }

    private void follow(String page, UnaryOperator<String> shortened) throws IOException {
        int steps = 0;
        for (Page.Block block : Page.read(DOCS.resolve(page)).blocks()) {
            if (!block.name().isEmpty()) {
                Files.writeString(directory.resolve(block.name()), shortened.apply(here(block.code())));
            } else if (block.language().equals("console")) {
                for (Step step : steps(here(block.code()))) {
                    take(block, step);
                    steps++;
                }
            }
        }
        assertThat(steps).isPositive();
    }

    private static List<Step> steps(String code) {
        List<Step> steps = new ArrayList<>();
        for (String line : code.lines().toList()) {
            if (line.startsWith(PROMPT)) {
                steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
            } else {
                steps.getLast().shown().add(line);
            }
        }
        return steps;
    }

    private void take(Page.Block block, Step step) {
        boolean isALook = step.command().matches("kubectl (get|calias status) .*");
        if (isALook) {
            AliasObjects.await(block + " shows what it says", () -> assertThat(shown(step)).isEqualTo(step.expected()));
        } else {
            assertThat(shown(step)).as("%s: %s", block, step.command()).isEqualTo(step.expected());
        }
    }

    private List<String> shown(Step step) {
        return comparable(type(step.command()).lines().toList());
    }

    private String type(String command) {
        Command.Outcome outcome = Command.of("bash", "-c", command + " 2>&1").in(directory).with(environment).run();
        assertThat(outcome.exitCode()).as(() -> command + ":\n" + outcome.stdout()).isZero();
        return outcome.stdout();
    }

    /** Without times, logs, and what a command says while it waits: who looks a moment later sees less of that. */
    private static List<String> comparable(List<String> lines) {
        return lines.stream().filter(line -> !LOG.matcher(line).matches())
                .filter(line -> !PASSING.contains(line.replaceFirst(": .*", "")))
                .map(line -> line.replaceAll(TIME, "~").replaceAll(" +", " ").strip()).toList();
    }

    /** The page's names and addresses as they are in this test. */
    private String here(String text) {
        String address = milvus.uri().substring("http://".length());
        return text.replace("milvus.milvus:19530", address)
                .replace("Namespace:  default", "Namespace:  " + namespace)
                .replace("default namespace", namespace + " namespace")
                .replace("-n shop", "-n " + namespace).replace("namespace: shop", "namespace: " + namespace);
    }
}
