package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.cli.CommandStage.Outcome;
import dev.collectionalias.plan.Request.Kind;
import org.junit.jupiter.api.Test;

/** What {@code promote}, {@code abort}, {@code rollback} and {@code retry} ask for, and when they refuse to. */
class RequestCommandsTest extends RequestStage {

    private static final String SWITCHED = """
            handledRequests: {promote: "%s"}
            active: {collection: products_v8, id: "4571", revision: 8, since: "2026-01-31T12:00:00Z"}
            candidate: null
            history: [{revision: 8, from: products_v7, to: products_v8, cause: SpecChanged, switchMillis: 38}]
            conditions: [{type: Ready, status: "%s", reason: %s, message: of alias products}]
            """;

    @Test
    void promotesTheCandidateThatWasSeen() {
        stage.given("held");
        stage.operator(Kind.PROMOTE, value -> SWITCHED.formatted(value, "True", "InSync"));

        Outcome outcome = stage.run("promote", "products");

        assertThat(stage.annotation(Kind.PROMOTE)).isEqualTo("products_v8@1");
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.stdout().lines()).first().isEqualTo("promote \"products_v8@1\" is asked for");
        assertThat(outcome.stdout().lines()).last()
                .isEqualTo("alias products points at products_v8 (revision 8, switched in 38 ms)");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void promotionIsDoneWhenVerificationBegins() {
        stage.given("held");
        stage.operator(Kind.PROMOTE, value -> SWITCHED.formatted(value, "False", "Verifying"));

        Outcome outcome = stage.run("promote", "products");

        assertThat(outcome.stdout().lines()).last().asString().endsWith(" and is being verified");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void leavesOtherAnnotationsAlone() {
        stage.given("held");
        stage.patch("metadata: {annotations: {team: search}}");

        stage.run("promote", "products", "--wait=false");

        assertThat(stage.object().require().getMetadata().getAnnotations()).containsEntry("team", "search");
    }

    @Test
    void asksAnewForWhatWasHandledBefore() {
        stage.given("held");
        stage.report(HANDLED.formatted("promote", "products_v8@1"));
        String version = stage.object().require().getMetadata().getResourceVersion();
        stage.operator(Kind.PROMOTE, value -> SWITCHED.formatted(value, "True", "InSync"));

        Outcome outcome = stage.run("promote", "products");

        assertThat(stage.annotation(Kind.PROMOTE)).isEqualTo("products_v8@1#" + version);
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void refusesToPromoteWhatWaitsForNobody() {
        stage.given("rejected");
        stage.patch("spec: {suspend: false}");
        assertRefused(Kind.PROMOTE, "products_v8 was given up (RolledBack); ask for a retry first", "promote");

        stage.patch("spec: {collection: products_v7}");
        assertRefused(Kind.PROMOTE, "nothing waits for an approval: alias products points at products_v7 already",
                "promote");

        stage.patch("spec: {suspend: true}");
        assertRefused(Kind.PROMOTE, "products is suspended: requests wait until spec.suspend is false", "promote");
    }

    @Test
    void refusesToPromoteWhatNobodyHasToApprove() {
        stage.given("held");
        stage.patch("spec: {cutover: {promotion: {mode: Automatic}}}");
        assertRefused(Kind.PROMOTE, "products_v8 needs no approval by you; GatesPending", "promote");

        stage.report("observedGeneration: 0");
        assertRefused(Kind.PROMOTE, "the operator has not looked at generation ", "promote");
    }

    @Test
    void refusesToPromoteWhatFailedItsGates() {
        stage.given("refused-by-a-gate");
        stage.patch("spec: {cutover: {promotion: {mode: Manual}}}");

        assertRefused(Kind.PROMOTE, "an approval does not help products_v2; GatesFailed", "promote");
    }

    @Test
    void givesTheCandidateUp() {
        stage.given("held");
        stage.operator(Kind.ABORT, """
                handledRequests: {abort: "%s"}
                candidate: null
                rejected: {collection: products_v8, generation: 4, reason: Aborted, message: as was asked}
                """::formatted);

        Outcome outcome = stage.run("abort", "products");

        assertThat(stage.annotation(Kind.ABORT)).isEqualTo("1");
        assertThat(outcome.stdout().lines()).last()
                .isEqualTo("products_v8 is given up; alias products stays at products_v7");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void refusesToGiveUpWhatIsNoCandidate() {
        stage.given("verifying");
        stage.report("observedGeneration: 5");

        assertRefused(Kind.ABORT, "there is no candidate: alias products points at products_v8 already; "
                + "to leave it, roll back", "abort");
    }

    @Test
    void rollsBackToWhereTheAliasWasBefore() {
        stage.given("held");
        stage.operator(Kind.ROLLBACK, """
                handledRequests: {rollback: "%s"}
                active: {collection: products_v6, id: "4501", revision: 8}
                history: [{revision: 8, from: products_v7, to: products_v6, cause: RolledBack, switchMillis: 12}]
                """::formatted);

        Outcome outcome = stage.run("rollback", "products");

        assertThat(stage.annotation(Kind.ROLLBACK)).isEqualTo("previous@1");
        assertThat(outcome.stdout().lines()).last()
                .isEqualTo("alias products points at products_v6 (revision 8, switched in 12 ms)");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void refusesToGoWhereTheAliasNeverWas() {
        stage.given("held");

        assertRefused(Kind.ROLLBACK, "there is no revision 3; the history has 7, 6, 5", "rollback", "--to", "3");
        assertRefused(Kind.ROLLBACK, "alias products points at products_v7 already", "rollback", "--to", "5");
    }

    @Test
    void triesAgainWhatWasGivenUp() {
        stage.given("held");
        stage.report("rejected: {collection: products_v8, generation: 4, reason: Aborted, message: asked}");
        stage.operator(Kind.RETRY,
                value -> "rejected: null\nhandledRequests: {retry: '%s'}".formatted(value));

        Outcome outcome = stage.run("retry", "products");

        assertThat(stage.annotation(Kind.RETRY)).isEqualTo("1");
        assertThat(outcome.stdout().lines()).last().isEqualTo("products_v8 is tried again");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void refusesToTryAgainWhatIsOnItsWay() {
        stage.given("held");

        assertRefused(Kind.RETRY, "there is nothing to try again; GatesPending", "retry");
    }

    @Test
    void asksNothingOfWhatIsNotThere() {
        Outcome outcome = stage.run("promote", "products");

        assertThat(outcome.stderr()).contains("\"products\" not found in namespace \"shop\"");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    private void assertRefused(Kind kind, String sentence, String command, String... options) {
        String before = stage.annotation(kind);
        String[] line = new String[options.length + 2];
        line[0] = command;
        line[1] = "products";
        System.arraycopy(options, 0, line, 2, options.length);

        Outcome outcome = stage.run(line);

        assertThat(outcome.stderr()).startsWith("error: " + sentence);
        assertThat(outcome.stdout()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
        assertThat(stage.annotation(kind)).as("nothing is asked for").isEqualTo(before);
    }
}
