package dev.collectionalias.gitops.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.cli.Terminal;
import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code plan}. What the operator decides is in the scenarios; here is what its first decision is told as, and that nothing
 * is written.
 */
@Timeout(60)
class PlanCommandTest {

    private static final int CHANGES = 2;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private final MilvusState state = milvus.state();
    private GitStage stage;

    @BeforeEach
    void start(@TempDir Path directory) {
        milvus.start();
        for (String name : List.of("products_v1", "products_v2")) {
            state.createCollection("default", name);
            state.load("default", name);
        }
        state.setAlias("default", "products", "products_v1");
        stage = new GitStage(directory).with(milvus);
    }

    @AfterEach
    void stop() {
        assertThat(milvus.journal().namingTheDefaultDatabase()).isEmpty();
        milvus.close();
    }

    /** Runs it on all manifests. */
    private Outcome plan(String... options) {
        Outcome outcome = stage.run(Stream.concat(Stream.of("plan", "-f", stage.directory().toString()),
                Stream.of(options)).toArray(String[]::new));
        assertThat(milvus.journal().writes()).isEmpty();
        return outcome;
    }

    private String plan(int exitCode, String... options) {
        Outcome outcome = plan(options);
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.exitCode()).as(outcome.stdout()).isEqualTo(exitCode);
        return outcome.stdout();
    }

    @Test
    void anAliasThatIsWhereItShouldBeIsNoChange() {
        stage.alias("products", "{alias: products, collection: products_v1}")
                .file("kustomization.yaml", "kind: Kustomization\n");

        assertThat(plan(0)).isEqualTo("No changes: 1 alias in place; 1 other document skipped\n");
        assertThat(plan(0, "--foreign")).isEqualTo("""
                ACTION   ALIAS              FROM          TO            OBJECT
                adopt    products@default   products_v1   products_v1   CollectionAlias products

                No changes: 1 alias in place, 1 of them taken over without a write; 1 other document skipped
                """);
    }

    @Test
    void whatIsToBeDoneIsShownWithItsGates() {
        stage.alias("a", "{alias: products, collection: products_v2}");
        stage.alias("b", "{alias: items, collection: products_v1, cutover: {previewAlias: items_preview}}");
        stage.alias("c", "{alias: goods, collection: goods_v1}");

        assertThat(plan(CHANGES)).isEqualTo(GitStage.expected("plan.txt"));
        assertThat(plan(CHANGES, "-o", "json")).isEqualTo(GitStage.expected("plan.json"));
        assertThat(plan(CHANGES, "-o", "yaml")).contains("- file: a.yaml\n  document: 1\n", "  action: switch\n");
    }

    /** docs/command-line.md shows the same. */
    @Test
    void whatIsInPlaceIsOnlyCounted() {
        stage.alias("products", "{alias: products, collection: products_v2}");
        for (String name : List.of("goods", "items")) {
            state.setAlias("default", name, "products_v1");
            stage.alias(name, "{alias: %s, collection: products_v1}".formatted(name));
        }

        assertThat(plan(CHANGES)).isEqualTo(GitStage.expected("plan-switch.txt"));
    }

    @Test
    void aSwitchThatAGateHoldsBackSaysSo() {
        state.createCollection("default", "wider", CollectionShape.PLAIN.withDimension(8));
        state.load("default", "wider");
        stage.alias("products", "{alias: products, collection: wider}");

        assertThat(plan(CHANGES)).contains("switch", "  … GatesFailed: wider is held back: schema: wider differs from "
                + "products_v1: field vector has dimension 8 instead of 4",
                "  ✖ schema: wider differs from products_v1", "0 to create, 1 to switch (1 held back)");
    }

    @Test
    void aSwitchThatNeedsAnApprovalSaysSo() {
        stage.alias("products", "{alias: products, collection: products_v2, cutover: {promotion: {mode: Manual}}}");
        assertThat(plan(CHANGES))
                .contains("… AwaitingPromotion: products_v2 passed its gates and waits for an approval\n");

        stage.alias("products", "{alias: products, collection: products_v2, "
                + "cutover: {promotion: {mode: Manual, approvedCollection: products_v2}}}");
        assertThat(plan(CHANGES)).doesNotContain("AwaitingPromotion").contains("0 to create, 1 to switch, ");
    }

    @Test
    void aCandidateThatIsToBeLoadedIsNotLoadedByAPlan() {
        state.release("default", "products_v2");
        stage.alias("products", "{alias: products, collection: products_v2, cutover: {gates: {autoLoad: true}}}");

        assertThat(plan(CHANGES)).contains("… CollectionNotLoaded: products_v2 is loaded first\n");
    }

    @Test
    void aWebhookIsNotAsked() {
        stage.alias("products", "{alias: products, collection: products_v2, "
                + "cutover: {gates: {webhook: {url: \"http://judge.shop.svc/ready\"}}}}");

        assertThat(plan(CHANGES)).contains("… webhook: is asked by the operator only\n", "1 to switch, ");
    }

    @Test
    void whatWasThereBeforeIsAConflictUnlessItIsToBeAdopted() {
        stage.alias("products", "{alias: products, collection: products_v2}");
        assertThat(plan(1, "--foreign")).contains("conflict",
                "✖ AliasExistsElsewhere: alias products exists already and "
                        + "points at products_v1; to take it over, set adoptionPolicy: Adopt",
                "1 in conflict");

        stage.alias("products", "{alias: products, collection: products_v2, adoptionPolicy: Adopt}");
        assertThat(plan(CHANGES, "--foreign")).contains("switch   products@default   products_v1   products_v2");
    }

    @Test
    void twoManifestsThatClaimOneAliasAreAConflict() {
        stage.alias("a", "{alias: products, collection: products_v1}");
        stage.file("b.yaml", GitStage.ALIAS.formatted("b", "{alias: products, collection: products_v2, "
                + "connectionRef: {name: other}}"));

        assertThat(plan(1)).contains(
                "  ✖ Conflict: alias products of database default is claimed by CollectionAlias b (b.yaml, document 1), too\n",
                "  ✖ Conflict: alias products of database default is claimed by CollectionAlias a (a.yaml, document 1), too\n",
                "2 in conflict");
        assertThat(plan(0, "--connection", "default")).contains("1 alias in place; 1 other document skipped");
    }

    @Test
    void aNameThatIsTakenIsAConflict() {
        stage.alias("a", "{alias: products_v2, collection: products_v1}");
        assertThat(plan(1)).contains("✖ NameIsACollection: a collection has the name products_v2 already\n");
    }

    @Test
    void anAliasAsTargetIsAConflict() {
        stage.alias("a", "{alias: goods, collection: products}");
        assertThat(plan(1)).contains("✖ InvalidSpec: collection products is itself an alias, of products_v1");
    }

    @Test
    void aDatabaseThatIsNotThereYetIsWaitedFor() {
        stage.alias("a", "{alias: goods, collection: goods_v1, database: team_a}");

        assertThat(plan(CHANGES)).contains("create   goods@team_a", "… DatabaseNotFound: ",
                "database not found[database=team_a]\n");
    }

    @Test
    void aSuspendedObjectTouchesNothing() {
        stage.alias("a", "{alias: products, collection: products_v2, suspend: true}");

        assertThat(plan(0)).startsWith("No changes: 1 alias in place");
    }

    @Test
    void aPreviewIsShownBesideItsAlias() {
        stage.alias("a", "{alias: products, collection: products_v1, cutover: {previewAlias: preview}}");
        assertThat(plan(CHANGES)).contains("none", "    preview preview: products_v1\n", "1 preview to move");

        state.setAlias("default", "preview", "products_v2");
        assertThat(plan(CHANGES)).contains("    preview preview: products_v2 → products_v1\n");
        assertThat(plan(1, "--foreign")).contains("✖ AliasExistsElsewhere: previewAlias preview exists already");

        state.setAlias("default", "preview", "products_v1");
        assertThat(plan(0)).isEqualTo("No changes: 1 alias in place\n");

        stage.alias("a", "{alias: products, collection: products_v2, cutover: {previewAlias: preview}}");
        assertThat(plan(CHANGES)).contains("switch", "    preview preview: products_v1 → products_v2\n");
    }

    @Test
    void aPreviewOfAnAliasThatIsToBeCreatedIsLookedAt() {
        stage.alias("a", "{alias: items, collection: products_v1, cutover: {previewAlias: preview}}");
        state.setAlias("default", "preview", "products_v2");
        assertThat(plan(CHANGES)).contains("create", "    preview preview: products_v2 → products_v1\n");
        assertThat(plan(1, "--foreign")).contains("✖ AliasExistsElsewhere: previewAlias preview exists already");

        state.setAlias("default", "preview", "products_v1");
        assertThat(plan(CHANGES)).contains("create").doesNotContain("preview preview");
    }

    @Test
    void aNameOfAPreviewThatIsTakenIsAConflict() {
        for (String alias : List.of("products", "items")) {
            stage.alias("a", "{alias: %s, collection: products_v1, cutover: {previewAlias: products_v2}}"
                    .formatted(alias));
            assertThat(plan(1)).contains("✖ NameIsACollection: a collection has the name products_v2 already\n");
        }
    }

    @Test
    void tellsHowFarItIsOnATerminalOnly() {
        stage.alias("products", "{alias: products, collection: products_v1}");

        assertThat(stage.run(new Terminal(true, false), "plan", "-f", stage.directory().toString()).stderr())
                .contains("1 of 1 aliases are looked at").endsWith("\r\u001b[K");
        assertThat(plan().stderr()).isEmpty();
    }

    @Test
    void whatTheApiServerWouldRefuseIsAnError() {
        stage.alias("a", "{alias: products, collection: products}");

        Outcome outcome = plan();

        assertThat(outcome.stderr().lines()).containsExactly(
                "a.yaml, document 1: CollectionAlias a: spec: Invalid value: \"object\": "
                        + "collection must not be equal to alias: an alias can't point at itself",
                "error: 1 problem in the manifests");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aServerThatDoesNotAnswerIsAnError() {
        stage.alias("a", "{alias: products, collection: products_v1}");

        Outcome outcome = plan("--uri", "http://127.0.0.1:1", "--connect-timeout", "1s");

        assertThat(outcome.stderr()).startsWith("error: 127.0.0.1:1").hasLineCount(1);
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void nothingToPlanAndAWrongLineAreErrorsToo() {
        assertThat(plan().stderr()).isEqualToIgnoringNewLines("error: there is no CollectionAlias in the manifests");
        assertThat(plan().exitCode()).isEqualTo(1);
        assertThat(stage.run("plan").exitCode()).isEqualTo(1);
    }
}
