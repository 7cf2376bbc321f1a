package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.support.ClassPathJar;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code deploy/plugin/kubectl-calias}, as a shell runs it. */
class LauncherTest {

    private static final Path LAUNCHER = Path.of("deploy/plugin/kubectl-calias").toAbsolutePath();

    @TempDir
    private Path directory;

    @Test
    void runsTheJarBesideIt() throws IOException {
        ClassPathJar.write(directory.resolve("collection-alias-operator-1.0-cli.jar"));
        Files.copy(LAUNCHER, directory.resolve("kubectl-calias"));

        Outcome outcome = run(directory.resolve("kubectl-calias"), Map.of(), "--help");

        assertThat(outcome.stdout()).startsWith("Usage: kubectl calias").contains("promote", "rollback", "status");
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void runsTheJarOfItsCloneThroughALink() throws IOException {
        Path plugin = Files.createDirectories(directory.resolve("clone/deploy/plugin")).resolve("kubectl-calias");
        Files.copy(LAUNCHER, plugin);
        ClassPathJar.write(Files.createDirectories(directory.resolve("clone/target/cli"))
                .resolve("collection-alias-operator-1.0-cli.jar"));
        Path link = Files.createSymbolicLink(directory.resolve("kubectl-calias"),
                Path.of("clone/deploy/plugin/kubectl-calias"));

        assertThat(run(link, Map.of(), "--version").stdout()).isEqualToIgnoringNewLines("development");
    }

    @Test
    void handsTheExitCodeAndAnUndisturbedOutputOn() throws IOException {
        Path jar = ClassPathJar.write(directory.resolve("some.jar"));
        Path kubeconfig = Files.writeString(directory.resolve("kubeconfig"), """
                apiVersion: v1
                kind: Config
                current-context: gone
                contexts: [{name: gone, context: {cluster: gone, user: gone}}]
                clusters: [{name: gone, cluster: {server: "http://127.0.0.1:1"}}]
                users: [{name: gone, user: {}}]
                """);

        Outcome outcome = run(LAUNCHER,
                Map.of("COLLECTION_ALIAS_JAR", jar.toString(), "KUBECONFIG", kubeconfig.toString()), "status",
                "products");

        assertThat(outcome.stderr()).startsWith("error: the Kubernetes API at http://127.0.0.1:1/ does not answer")
                .hasLineCount(1);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void whatLibrariesDoDisturbsNoOutputEither() throws IOException {
        Path jar = ClassPathJar.write(directory.resolve("some.jar"));
        InProcessMilvus milvus = new InProcessMilvus();
        milvus.start();
        try {
            milvus.state().createCollection(MilvusState.DEFAULT_DATABASE, "products_v1");
            milvus.state().setAlias(MilvusState.DEFAULT_DATABASE, "products", "products_v1");
            Map<String, String> environment = Map.of("COLLECTION_ALIAS_JAR", jar.toString(), "MILVUS_URI",
                    milvus.uri());
            Path file = directory.resolve("aliases.yaml");

            Outcome exported = run(LAUNCHER, environment, "export");
            Files.writeString(file, exported.stdout());
            Outcome linted = run(LAUNCHER, environment, "lint", "-f", file.toString());
            Outcome planned = run(LAUNCHER, environment, "plan", "-f", file.toString());

            assertThat(List.of(exported, linted, planned)).extracting(Outcome::stderr).containsOnly("");
            assertThat(linted.stdout()).endsWith("1 manifest, 0 problems\n");
            assertThat(planned.stdout()).isEqualTo("No changes: 1 alias in place\n");
        } finally {
            milvus.close();
        }
    }

    @Test
    void doesNotGuessACluster() throws IOException {
        Path jar = ClassPathJar.write(directory.resolve("some.jar"));

        Outcome outcome = run(LAUNCHER, Map.of("COLLECTION_ALIAS_JAR", jar.toString(), "KUBECONFIG",
                directory.resolve("none").toString()), "status", "products");

        assertThat(outcome.stderr()).startsWith("error: no cluster is configured").hasLineCount(1);
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void saysThatTheJarIsMissing() throws IOException {
        Files.copy(LAUNCHER, directory.resolve("kubectl-calias"));

        Outcome outcome = run(directory.resolve("kubectl-calias"), Map.of(), "--help");

        assertThat(outcome.stderr())
                .startsWith("error: the jar of the commands is not built: run 'mvn -DskipTests package'")
                .hasLineCount(1);
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void saysThatJavaIsMissing() throws IOException {
        Path jar = ClassPathJar.write(directory.resolve("some.jar"));

        Outcome outcome = run(LAUNCHER,
                Map.of("COLLECTION_ALIAS_JAR", jar.toString(), "JAVA_HOME", directory.toString()), "--help");

        assertThat(outcome.stderr()).contains("error: Java 21 or newer is needed").hasLineCount(1);
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    private static Outcome run(Path launcher, Map<String, String> environment, String... arguments) {
        Map<String, String> all = new HashMap<>(
                Map.of("JAVA_HOME", System.getProperty("java.home"), "COLLECTION_ALIAS_JAR", ""));
        all.putAll(environment);
        return Command
                .of(Stream.concat(Stream.of("sh", launcher.toString()), Stream.of(arguments)).toArray(String[]::new))
                .with(all).run();
    }
}
