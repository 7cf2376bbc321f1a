package dev.collectionalias.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import dev.collectionalias.CommandsMain;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.cli.CommandStage.Outcome;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Command;
import dev.collectionalias.support.MilvusState;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A cutover that a person leads by the command line, with the rights of somebody who may edit the namespace. */
class CommandLineIT extends AliasStage {

    private Path kubeconfig;

    @BeforeEach
    void aCutoverThatWaitsForAnApproval() {
        kubeconfig = editorsKubeconfig();
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5m, "
                + "cutover: {promotion: {mode: Manual}}}");
        objects.awaitReady("products", "products_v1");
        objects.point("products", "products_v2");
        objects.awaitReason("products", Reason.AwaitingPromotion);
    }

    @Test
    void aPersonLeadsACutoverThereAndBack() {
        assertThat(succeeds("status", "products"))
                .containsPattern("Ready: +… False, AwaitingPromotion")
                .containsPattern("✔ active +products_v1, revision 1")
                .containsPattern("… candidate +products_v2")
                .containsPattern("✔ exists +\\S");

        assertThat(succeeds("promote", "products"))
                .contains("promote \"products_v2@2\" is asked for")
                .containsPattern("alias products points at products_v2 \\(revision 2, switched in \\d+ ms\\)");
        assertThat(target()).isEqualTo("products_v2");

        assertThat(succeeds("rollback", "products"))
                .containsPattern("alias products points at products_v1 \\(revision 3, switched in \\d+ ms\\)");
        assertThat(target()).isEqualTo("products_v1");
        assertThat(fails("promote", "products")).contains("products_v2 was given up (RolledBack)");

        assertThat(succeeds("retry", "products")).contains("products_v2 is tried again");
        objects.awaitReason("products", Reason.AwaitingPromotion);
        assertThat(succeeds("abort", "products"))
                .contains("products_v2 is given up; alias products stays at products_v1");
        assertThat(target()).isEqualTo("products_v1");

        assertThat(succeeds("rollback", "products", "--to", "2"))
                .contains("alias products points at products_v2 (revision 4");
        assertThat(succeeds("history", "products").lines().map(line -> line.split(" +")[0]))
                .containsExactly("REVISION", "4", "3", "2", "1");
    }

    @Test
    void theSameIsAskedForTwice() {
        succeeds("abort", "products");
        succeeds("retry", "products");
        objects.awaitReason("products", Reason.AwaitingPromotion);

        assertThat(succeeds("abort", "products")).contains("abort \"2#", "products_v2 is given up");
    }

    @Test
    void anOperatorThatIgnoresARequestIsQuoted() {
        succeeds("promote", "products");
        state.release(MilvusState.DEFAULT_DATABASE, "products_v1");

        assertThat(fails("rollback", "products"))
                .isEqualToIgnoringNewLines(
                        "error: rollback \"previous@2\" is ignored: products_v1 is not loaded");
        assertThat(target()).isEqualTo("products_v2");
    }

    /** Somebody who has the cluster's role edit; what that consists of is put together by a controller otherwise. */
    private Path editorsKubeconfig() {
        String namespace = operator.namespace().name();
        assertThat(operator.controlPlane().kubectl("apply", "-f", "deploy/base/user-roles.yaml").exitCode()).isZero();
        for (String role : List.of("system:aggregate-to-view", "collection-alias-viewer", "collection-alias-editor")) {
            Command.Outcome bound = operator.controlPlane().kubectl("create", "rolebinding", role.replace(':', '-'),
                    "--clusterrole", role, "--serviceaccount", namespace + ":editor", "-n", namespace);
            assertThat(bound.exitCode()).as(bound.stderr()).isZero();
        }
        return operator.controlPlane().kubeconfig("system:serviceaccount:" + namespace + ":editor");
    }

    private String target() {
        return state.target(MilvusState.DEFAULT_DATABASE, "products").orElseThrow();
    }

    private String succeeds(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.exitCode()).as(outcome.stderr()).isZero();
        return outcome.stdout();
    }

    private String fails(String... arguments) {
        Outcome outcome = run(arguments);
        assertThat(outcome.exitCode()).as(outcome.stdout()).isEqualTo(1);
        return outcome.stderr();
    }

    private Outcome run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code = CommandsMain.commandLine(Clock.systemUTC(), Terminal.NONE, Map.of())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(Stream.concat(Stream.of(arguments),
                        Stream.of("--kubeconfig", kubeconfig.toString(), "-n", operator.namespace().name()))
                        .toArray(String[]::new));
        return new Outcome(code, out.toString(), err.toString());
    }
}
