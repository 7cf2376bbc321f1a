package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.StringWriter;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import dev.collectionalias.cli.CommandStage.Outcome;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code status} and {@code history}, and how any command finds its object. */
@Timeout(60)
class StatusCommandTest {

    private CommandStage stage;

    @BeforeEach
    void start(@TempDir Path directory) {
        stage = new CommandStage(directory);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    @Test
    void showsTheTree() {
        stage.given("held");

        Outcome outcome = stage.run("status", "products");

        assertThat(outcome.stdout().lines()).containsExactlyElementsOf(CommandStage.picture("held"));
        assertThat(outcome.exitCode()).isZero();
        assertThat(outcome.stderr()).isEmpty();
    }

    @Test
    void showsTheHistory() {
        stage.given("rejected");

        assertThat(stage.run("history", "products").stdout().lines())
                .containsExactlyElementsOf(CommandStage.picture("history"));
    }

    @Test
    void aNewAliasHasNoHistory() {
        stage.given("new");

        Outcome outcome = stage.run("history", "products");

        assertThat(outcome.stderr()).isEqualToIgnoringNewLines(
                "error: products has no history yet; the operator has not looked at it yet");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void watchesUntilTheObjectGoes() throws InterruptedException {
        stage.given("held");
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        AtomicInteger code = new AtomicInteger();
        Thread watch = Thread.ofPlatform()
                .start(() -> code.set(stage.run(Terminal.NONE, out, err, "status", "products", "--watch")));
        await().untilAsserted(() -> assertThat(out.toString()).contains("GatesPending"));

        stage.report("conditions: [{type: Ready, status: 'True', reason: InSync, message: all is well}]");
        await().untilAsserted(() -> assertThat(out.toString()).contains("✔ True, InSync"));
        stage.object().delete();
        watch.join();

        assertThat(out.toString()).doesNotContain("\u001b");
        assertThat(err.toString()).isEqualToIgnoringNewLines("error: products was deleted");
        assertThat(code).hasValue(1);
    }

    @Test
    void redrawsOnATerminalUntilInterrupted() throws InterruptedException {
        stage.given("held");
        StringWriter out = new StringWriter();
        AtomicInteger code = new AtomicInteger();
        Thread watch = Thread.ofPlatform().start(() -> code.set(stage.run(new Terminal(true, true), out,
                new StringWriter(), "status", "products", "-w")));
        await().untilAsserted(() -> assertThat(out.toString()).contains("\u001b[32m✔\u001b[0m active", "\u001b[J"));

        watch.interrupt();
        watch.join();

        assertThat(code).hasValue(130);
    }

    @Test
    void saysWhatIsNotThere() {
        Outcome outcome = stage.run("status", "products");

        assertThat(outcome.stderr()).isEqualToIgnoringNewLines(
                "error: collectionaliases.collectionalias.dev \"products\" not found in namespace \"shop\"");
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void looksIntoTheNamespaceThatIsNamed() {
        assertThat(stage.run("status", "products", "-n", "team").stderr()).contains("in namespace \"team\"");
        assertThat(stage.run("status", "products", "--context", "elsewhere").stderr())
                .contains("in namespace \"default\"");
    }

    @Test
    void doesNotGoToAnotherClusterThanAsked() {
        Outcome outcome = stage.run("status", "products", "--context", "production");

        assertThat(outcome.stderr())
                .isEqualToIgnoringNewLines("error: the kubeconfig has no context \"production\"");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void saysThatNobodyAnswers() {
        Outcome outcome = stage.run("status", "products", "--context", "nowhere");

        assertThat(outcome.stderr()).startsWith("error: the Kubernetes API at http://127.0.0.1:1/ does not answer")
                .hasLineCount(1);
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aWrongLineIsNoFailure() {
        assertThat(stage.run("status").exitCode()).isEqualTo(2);
        assertThat(stage.run("promote", "products", "--timeout", "soon").exitCode()).isEqualTo(2);
        assertThat(stage.run("promote", "products", "--timeout", "soon").stderr())
                .contains("'soon' is not a duration such as 10s or 1h30m");
    }
}
