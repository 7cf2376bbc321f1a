package dev.collectionalias.gitops.lint;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.Command.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code lint}. What it says of each field is in {@code KindSchemasTest}. */
class LintCommandTest {

    private GitStage stage;

    @BeforeEach
    void start(@TempDir Path directory) {
        stage = new GitStage(directory);
    }

    private Outcome lint(String... options) {
        String[] line = new String[options.length + 3];
        line[0] = "lint";
        line[1] = "-f";
        line[2] = stage.directory().toString();
        System.arraycopy(options, 0, line, 3, options.length);
        return stage.run(line);
    }

    /** One of each: a file of several documents, a list, other kinds, files that are not looked at. */
    private void aFolder() {
        stage.file("aliases.yaml", """
                # two aliases
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: products}
                spec: {alias: products, collection: products_v1}
                ---
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: items, namespace: shop}
                spec: {alias: 1items, collection: items_v1, suspend: "yes", colection: x}
                ---
                """);
        stage.file("below/list.json", """
                {"apiVersion": "v1", "kind": "List", "items": [
                  {"apiVersion": "collectionalias.dev/v1alpha1", "kind": "MilvusConnection",
                   "metadata": {"name": "default"}, "spec": {"uri": "milvus:19530"}},
                  {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "milvus-root"}}
                ]}
                """);
        stage.file("below/products-again.yml", GitStage.ALIAS.formatted("goods",
                "{alias: products, collection: products_v2}"));
        stage.file("kustomization.yaml", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n");
        stage.file("notes.txt", "alias: {");
        stage.file(".git/hooks.yaml", "alias: {");
    }

    @Test
    void namesFileDocumentAndPathOfEachProblem() {
        aFolder();

        Outcome outcome = lint();

        assertThat(outcome.stdout()).isEqualTo(GitStage.expected("lint.txt"));
        assertThat(outcome.stderr()).isEmpty();
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void writesTheSameAsOneDocument() {
        aFolder();

        assertThat(lint("-o", "json").stdout()).isEqualTo(GitStage.expected("lint.json"));
        assertThat(lint("-o", "yaml").stdout()).isEqualTo(GitStage.expected("lint.yaml"));
    }

    @Test
    void isContentWithWhatTheApiServerAccepts() {
        Outcome outcome = stage.run("lint", "-f", "deploy/examples/alias.yaml", "-f",
                "deploy/examples/connection-with-token.yaml");

        assertThat(outcome.stdout()).endsWith("2 manifests, 0 problems; 1 document of other kinds skipped\n");
        assertThat(outcome.exitCode()).isZero();
    }

    @Test
    void readsTheStandardInput() {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(
                GitStage.ALIAS.formatted("products", "{alias: products}").getBytes(StandardCharsets.UTF_8)));
        try {
            assertThat(stage.run("lint", "-f", "-").stdout())
                    .startsWith("-, document 1: CollectionAlias products: spec.collection: Required value\n");
        } finally {
            System.setIn(before);
        }
    }

    @Test
    void anAliasOfAnotherConnectionOrDatabaseIsAnotherOne() {
        stage.alias("a", "{alias: products, collection: products_v1}");
        stage.alias("b", "{alias: products, collection: products_v1, database: team_a}");
        stage.alias("c", "{alias: products, collection: products_v1, connectionRef: {name: other}}");
        assertThat(lint().exitCode()).isZero();

        stage.alias("d", "{alias: goods, collection: products_v1, cutover: {previewAlias: products}}");
        assertThat(lint().stdout())
                .contains("a.yaml, document 1: CollectionAlias a: alias products of database default "
                        + "is claimed by CollectionAlias d (d.yaml, document 1), too\n");
    }

    @Test
    void anObjectThatIsThereTwiceIsAProblem() {
        stage.alias("a", "{alias: products, collection: products_v1}");
        stage.file("b.yaml", GitStage.ALIAS.formatted("a", "{alias: products, collection: products_v2}"));

        assertThat(lint().stdout())
                .startsWith("b.yaml, document 1: CollectionAlias a: is in a.yaml, document 1, too\n")
                .doesNotContain("is claimed by");
    }

    @Test
    void whatIsNoYamlOrNoKindOfTheseIsAProblem() {
        String ours = "apiVersion: collectionalias.dev/v1\n";
        stage.file("a.yaml", ours + "spec: {alias: products\n");
        stage.file("b.yaml", ours + "spec: {}\nspec: {}\n");
        stage.file("d.yaml", ours + "spec: &own [*own]\n");
        stage.file("e.yaml", "apiVersion: collectionalias.dev/v1\nkind: CollectionAlias\n");

        assertThat(lint().stdout().lines()).startsWith(
                "a.yaml, document 1: no YAML: expected ',' or '}', but got <stream end> in line 3",
                "b.yaml, document 1: no YAML: found duplicate key spec in line 3",
                "d.yaml, document 1: no YAML: a value contains itself",
                "e.yaml, document 1: there is no kind CollectionAlias in collectionalias.dev/v1");
    }

    @Test
    void whatIsInAFileActsOnNoTerminal() {
        stage.alias("a", "{alias: products, collection: products_v1, \"\\e[31m\": 1}");

        assertThat(lint().stdout()).startsWith("a.yaml, document 1: CollectionAlias a: spec. [31m: unknown field")
                .doesNotContain("\u001b");
    }

    @Test
    void aTimeOfTheDayIsTextAndAWholeNumberIsOneHoweverItIsWritten() {
        stage.file("a.yaml", """
                apiVersion: collectionalias.dev/v1alpha1
                kind: CollectionAlias
                metadata: {name: a, annotations: {window: 22:30, day: 2026-01-01}}
                spec: {alias: products, collection: products_v1, cutover: {gates: {rows: {percentOfActive: 95.0}}}}
                """);

        assertThat(lint().stdout()).endsWith("1 manifest, 0 problems\n");
    }

    @Test
    void yamlIsReadAsKubectlReadsIt() {
        stage.alias("a", "{alias: no, collection: products_v1}");

        assertThat(lint().stdout()).startsWith("a.yaml, document 1: CollectionAlias a: spec.alias: Invalid value: "
                + "\"boolean\": spec.alias in body must be of type string: \"boolean\"\n");
    }

    @Test
    void whatCannotBeReadIsAnError() {
        assertThat(stage.run("lint", "-f", stage.directory().resolve("gone").toString()).stderr())
                .isEqualToIgnoringNewLines("error: gone can't be read: there is no such file");
        assertThat(stage.run("lint").exitCode()).isEqualTo(1);
    }
}
