package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.cli.CommandStage.Outcome;
import dev.collectionalias.plan.Request.Kind;
import org.junit.jupiter.api.Test;

/** What users read while a request waits for its answer, and when none comes. */
class RequestAnswersTest extends RequestStage {

    @Test
    void saysWhyTheOperatorIgnoredIt() {
        stage.given("held");
        String old = "promote \"products_v8@1\" is ignored: long ago";
        stage.events(old);
        stage.events(old, "retry \"1\" is ignored: that is another request",
                "promote \"products_v8@1\" is ignored: it is not for generation 5");
        stage.operator(Kind.PROMOTE, value -> HANDLED.formatted("promote", value));

        Outcome outcome = stage.run("promote", "products");

        assertThat(outcome.stderr()).isEqualToIgnoringNewLines(
                "error: promote \"products_v8@1\" is ignored: it is not for generation 5");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void saysWhatTheObjectSaysWhereThereIsNoEvent() {
        stage.given("held");
        stage.operator(Kind.PROMOTE, value -> HANDLED.formatted("promote", value));

        Outcome outcome = stage.run("promote", "products");

        assertThat(outcome.stderr())
                .startsWith("error: promote \"products_v8@1\" is ignored; GatesPending: products_v8 is held back");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void saysWhyThereWasNoWayBackAfterAll() {
        stage.given("held");
        stage.events();
        stage.events("no rollback: a rollback from products_v7 was asked for, and products_v6 is not loaded");
        stage.operator(Kind.ROLLBACK, value -> HANDLED.formatted("rollback", value));

        Outcome outcome = stage.run("rollback", "products");

        assertThat(outcome.stderr()).contains("products_v6 is not loaded");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void leavesTheRequestWhenItTakesTooLong() {
        stage.given("held");

        Outcome outcome = stage.run("promote", "products", "--timeout", "500ms");

        assertThat(outcome.stderr())
                .startsWith("error: not within 500ms; promote \"products_v8@1\" is still asked for; "
                        + "GatesPending: products_v8 is held back");
        assertThat(stage.annotation(Kind.PROMOTE)).isEqualTo("products_v8@1");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aRollbackThatIsUnderWayIsNotOver() {
        stage.given("held");
        stage.operator(Kind.ROLLBACK, """
                handledRequests: {rollback: "%s"}
                rollback: {collection: products_v6, requestedBy: rollback, why: it was asked for}
                """::formatted);

        assertThat(stage.run("rollback", "products", "--to", "6", "--timeout", "1s").stderr())
                .startsWith("error: not within 1s; rollback \"6@1\" is still asked for");
    }

    @Test
    void noticesThatSomebodyElseAskedForSomethingElse() {
        stage.given("held");
        stage.operator(Kind.PROMOTE, value -> {
            stage.patch("metadata: {annotations: {collectionalias.dev/promote: 'products_v9@5'}}");
            return "";
        });

        Outcome outcome = stage.run("promote", "products");

        assertThat(outcome.stderr()).isEqualToIgnoringNewLines(
                "error: somebody asked for products_v9@5 instead before it was handled");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void noticesThatTheObjectGoes() {
        stage.given("held");
        stage.operator(Kind.PROMOTE, value -> {
            stage.object().delete();
            return "";
        });

        assertThat(stage.run("promote", "products").stderr()).isEqualToIgnoringNewLines("error: products was deleted");
    }

    @Test
    void doesNotWaitIfNotAskedTo() {
        stage.given("held");

        Outcome outcome = stage.run("promote", "products", "--wait=false");

        assertThat(outcome.stdout()).isEqualToIgnoringNewLines("promote \"products_v8@1\" is asked for");
        assertThat(stage.annotation(Kind.PROMOTE)).isEqualTo("products_v8@1");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void oneLineOfATerminalTellsTheProgress() {
        stage.given("held");

        Outcome outcome = stage.run(new Terminal(true, false), "promote", "--wait", "products", "--timeout", "500ms");

        assertThat(outcome.stdout().split("\r\u001b\\[K")).contains(
                "promote \"products_v8@1\" is asked for",
                "GatesPending: products_v8 is held back: rows: 11,020 rows; 11,780 needed (95 %…");
        assertThat(outcome.stdout()).doesNotContain("\n");
    }
}
