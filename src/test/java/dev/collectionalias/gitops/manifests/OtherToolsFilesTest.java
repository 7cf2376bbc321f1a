package dev.collectionalias.gitops.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.Command.Outcome;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kustomize, Helm and others have in the same folders as manifests. */
class OtherToolsFilesTest {

    private static final String BASE = GitStage.ALIAS.formatted("products",
            "{alias: products, collection: products_v1}");
    private static final String PATCH = GitStage.ALIAS.formatted("products", "{collection: products_v2}");

    private GitStage stage;

    @BeforeEach
    void start(@TempDir Path directory) {
        stage = new GitStage(directory.resolve("git")).file("README.md", "");
    }

    private Outcome lint(String path) {
        return stage.run("lint", "-f", stage.directory().resolve(path).toString());
    }

    private List<String> leftOut(String path) {
        Outcome outcome = lint(path);
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isZero();
        return outcome.stdout().lines().filter(line -> line.startsWith("left out: ")).toList();
    }

    private GitStage anOverlay(String kustomization) {
        return stage.file("base/kustomization.yaml", "resources: [products.yaml]\n").file("base/products.yaml", BASE)
                .file("prod/kustomization.yaml", "resources: [../base]\n" + kustomization);
    }

    @ParameterizedTest
    @ValueSource(strings = {"patches: [{path: patches/switch.yaml}]", "patchesStrategicMerge: [./patches/switch.yaml]",
            "patchesJson6902: [{path: patches/../patches/switch.yaml, target: {name: products}}]"})
    void aPatchIsNamedAsOneHoweverItsKustomizationNamesIt(String kustomization) {
        anOverlay(kustomization).file("prod/patches/switch.yaml", PATCH);

        String patch = "left out: prod/patches/switch.yaml, document 1: CollectionAlias products: "
                + "is a patch of prod/kustomization.yaml; -k prod looks at the object that it is for";
        assertThat(leftOut(".").stream().map(line -> line.replace("./", ""))).containsExactly(patch);
        assertThat(leftOut("prod")).containsExactly(patch);
        assertThat(leftOut("prod/patches/switch.yaml")).containsExactly(patch);
        assertThat(lint(".").stdout()).endsWith("1 manifest, 0 problems; 1 left out; "
                + "2 documents of other kinds skipped\n");
    }

    /** People copy an object to change it. */
    @Test
    void aPatchThatIsWholeIsNoSecondObject() {
        anOverlay("patches: [{path: switch.yml}]").file("prod/switch.yml", BASE.replace("_v1", "_v2"));

        assertThat(leftOut(".")).hasSize(1).first().asString().contains("switch.yml", "is a patch of");
    }

    @Test
    void aPatchForWhateverATargetSelectsIsOneToo() {
        anOverlay("patches: [{path: switch.yaml, target: {kind: CollectionAlias}}]").file("prod/switch.yaml",
                GitStage.ALIAS.formatted("whatever", "{collection: products_v2}"));

        assertThat(leftOut("prod")).hasSize(2).anySatisfy(line -> assertThat(line).contains("switch.yaml"))
                .contains("left out: prod/kustomization.yaml, document 1: changes objects; "
                        + "-k with its directory looks at what it makes of them");
    }

    @Test
    void aPatchThatNoKustomizationInReachNamesIsKnownByTheObjectThatItIsFor() {
        anOverlay("patches: [{path: ../../elsewhere/switch.yaml}]").file("elsewhere/switch.yaml", PATCH)
                .file("elsewhere/gone.yaml", "$patch: delete\n" + BASE)
                .file("base/connection.yaml", connection("{uri: 'http://milvus:19530'}"))
                .file("elsewhere/connection.yaml", connection("{timeouts: {rpc: 20s}}"));

        assertThat(leftOut(".")).satisfiesExactlyInAnyOrder(
                line -> assertThat(line).contains("elsewhere/switch.yaml",
                        "CollectionAlias products: seems to be a patch of the one in ", "base/products.yaml"),
                line -> assertThat(line).contains("elsewhere/connection.yaml", "seems to be a patch of the one in "),
                line -> assertThat(line).contains("elsewhere/gone.yaml", "is a patch ($patch); -k DIRECTORY"));
    }

    private static String connection(String spec) {
        return "apiVersion: collectionalias.dev/v1alpha1\nkind: MilvusConnection\nmetadata: {name: default}\nspec: %s\n"
                .formatted(spec);
    }

    @Test
    void whatIsOnlyWrongIsNoPatch() {
        stage.file("a.yaml", PATCH);
        assertThat(lint(".").stdout()).contains("CollectionAlias products: spec.alias: Required value\n");

        stage.file("b.yaml", BASE).file("a.yaml", PATCH.replace("}\n", ", suspend: \"yes\"}\n"));
        assertThat(lint(".").stdout()).contains("spec.alias: Required value\n", "spec.suspend: Invalid value");
        assertThat(lint(".").exitCode()).isEqualTo(1);
    }

    @Test
    void patchesThatAreNoObjectsAreOfOtherKinds() {
        anOverlay("patches: [{path: a.yaml, target: {name: products}}, {path: a.json, target: {name: products}}]")
                .file("prod/a.yaml", "- {op: replace, path: /spec/collection, value: products_v2}\n")
                .file("prod/a.json", "[{\"op\": \"remove\", \"path\": \"/spec/suspend\"}]")
                .file("component/kustomization.yml", """
                        kind: Component
                        apiVersion: kustomize.config.k8s.io/v1alpha1
                        patches: [{patch: '[]', target: {name: products}}]
                        """);

        assertThat(lint(".").stdout())
                .endsWith("\n1 manifest, 0 problems; 5 documents of other kinds skipped\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"patches: [{patch: '[]', target: {kind: CollectionAlias}}]",
            "patchesStrategicMerge: [\"kind: MilvusConnection\\nmetadata: {name: default}\"]",
            "replacements: [{targets: [{select: {kind: CollectionAlias}}]}]"})
    void aKustomizationThatChangesTheseKindsByItselfSaysSo(String kustomization) {
        anOverlay(kustomization);

        assertThat(leftOut("prod")).containsExactly("left out: prod/kustomization.yaml, document 1: changes objects; "
                + "-k with its directory looks at what it makes of them");
    }

    @Test
    void aPlanIsNotMadeOfHalfOfWhatIsApplied() {
        anOverlay("patches: [{path: switch.yaml}]").file("prod/switch.yaml", PATCH);

        Outcome outcome = stage.run("plan", "--uri", "http://127.0.0.1:1", "-f", stage.directory().toString());

        assertThat(outcome.stderr().lines()).containsExactly(
                "prod/switch.yaml, document 1: CollectionAlias products: is a patch of prod/kustomization.yaml; "
                        + "-k prod looks at the object that it is for",
                "error: what is applied can't be told before another tool has rendered it");
        assertThat(outcome.exitCode()).isEqualTo(1);
    }

    @Test
    void aTemplateOfAChartIsNamedAsOne() {
        stage.file("chart/Chart.yaml", "name: shop\nversion: 1.0.0\n")
                .file("chart/values.yaml", "collection: products_v1\n")
                .file("chart/templates/deployment.yaml", "{{- if .Values.on }}\nkind: Deployment\n{{- end }}\n")
                .file("chart/templates/below/alias.yaml", "{{- if .Values.on }}\n" + BASE + "{{- end }}\n")
                .file("chart/templates/quoted.yaml", BASE.replace("products_v1", "\"{{ .Values.collection }}\""));

        assertThat(leftOut("chart")).containsExactly(
                "left out: chart/templates/below/alias.yaml, document 1: "
                        + "is a template of a Helm chart; pipe what helm template chart renders into -f -",
                "left out: chart/templates/quoted.yaml, document 1: CollectionAlias products: "
                        + "is a template of a Helm chart; pipe what helm template chart renders into -f -");
    }

    @Test
    void aTemplateOfSomethingElseIsAProblemWithAHint() {
        stage.file("alias.yaml", "{% if on %}\n" + BASE.replace("products_v1", "{{ collection }}") + "{% endif %}\n");

        assertThat(lint(".").stdout()).contains("alias.yaml, document 1: no YAML: ",
                "; if it is a template, pipe what it renders into -f -\n");
        assertThat(lint(".").exitCode()).isEqualTo(1);
    }

    @Test
    void aTagOfAnotherToolIsNoError() {
        stage.file("cloudformation.yaml", "a: !Ref Queue\nb: !GetAtt [Queue, Arn]\nc: !Sub {x: 1}\n---\n")
                .file("ansible.yml", "password: !vault |\n  $ANSIBLE_VAULT;1.1;AES256\n  62313365\n")
                .file(".gitlab-ci.yml", "")
                .file("ci.yml", "test: {script: [!reference [.setup, script]]}\n")
                .file("python.yaml",
                        "a: !!python/object:x.Y {z: 1}\nb: !!set {a, b}\nc: !<tag:example.org,2026:c> 1\n");

        assertThat(lint(".").stdout()).isEqualTo("0 manifests, 0 problems; 4 documents of other kinds skipped\n");
    }

    @Test
    void aTagInAManifestIsAProblemAsKubectlIgnoresIt() {
        stage.file("a.yaml", BASE.replace("products_v1", "!vault products_v1") + "---\n"
                + BASE.replace("name: products", "name: other").replace("alias: products", "alias: other"));

        assertThat(lint(".").stdout()).contains("a.yaml, document 1: CollectionAlias products: has the YAML tag "
                + "!vault, which kubectl ignores: it takes the text behind it as it is\n",
                "\n2 manifests, 1 problem\n");
    }

    /** A folder has files that are for nobody's YAML but one tool's. */
    @ParameterizedTest
    @ValueSource(strings = {"a: !!int x", "a: !!int [1]", "a: !!map [1]", "a: !!binary '@'", "~: 1", "a: !!float \"\"",
            "a: [", "a: {{ b }}: c", "a: 1\na: 2", "\uFFFE\u0001", "a: &b [*b]", "%YAML 9.9\n---\n%", "\tb: 1",
            "a: !!timestamp x"})
    void aFileThatWasFoundAndCannotBeReadIsNamedAndNoProblem(String text) {
        stage.file("a.yaml", text).file("b.yaml", BASE);

        assertThat(leftOut(".")).singleElement().asString().contains("a.yaml, document 1: no YAML: ")
                .doesNotContain("java.", "Exception");
        assertThat(lint("a.yaml").exitCode()).as("one that was named").isEqualTo(1);
    }

    @Test
    void whatIsHiddenIsNotLookedAt() {
        stage.file(".terraform/a.yaml", "a: [").file("below/.cache/b.yaml", "a: [").file("below/.c.yaml", "a: [")
                .file("d.yaml", BASE);

        assertThat(lint(".").stdout()).endsWith("\n1 manifest, 0 problems\n");
    }

    @Test
    void aFileThatIsNamedTwiceIsReadOnce() {
        stage.file("a.yaml", BASE);
        String directory = stage.directory().toString();

        assertThat(stage.run("lint", "-f", directory, "-f", directory + "/a.yaml").stdout())
                .endsWith("\n1 manifest, 0 problems\n");
    }

    @Test
    void kustomizeRendersByTheKubectlOfThePath() throws IOException {
        kubectl("[ \"$*\" = \"kustomize prod\" ] && cat <<EOF\n" + BASE + "EOF\n");
        assertThat(stage.run("lint", "-k", "prod").stdout()).endsWith("\n1 manifest, 0 problems\n");

        kubectl("echo 'error: no such directory' >&2; exit 1");
        assertThat(stage.run("lint", "-k", "prod").stderr())
                .isEqualToIgnoringNewLines("error: prod can't be rendered: error: no such directory");

        kubectl("printf 'apiVersion: collectionalias.dev/v1alpha1\\nkind: CollectionAlias\\n'");
        assertThat(stage.run("lint", "-k", "prod").stdout())
                .startsWith("prod, document 1: CollectionAlias: metadata.name: Required value");
    }

    private void kubectl(String script) throws IOException {
        stage.file("bin/kubectl", "#!/bin/sh\n" + script + "\n");
        Path kubectl = stage.directory().resolve("bin/kubectl");
        assertThat(kubectl.toFile().setExecutable(true)).isTrue();
        stage.withPath(kubectl.getParent());
    }

    @Test
    void withoutKubectlItSaysWhatElseCanBeDone() {
        assertThat(stage.run("lint", "-k", "prod").stderr()).isEqualToIgnoringNewLines("error: -k needs kubectl on the "
                + "PATH, to run kubectl kustomize; without it, pipe what kustomize build renders into -f -");
    }

    @Test
    void eitherFilesOrAKustomizationAreNamed() {
        assertThat(stage.run("lint", "-k", "prod", "-f", "prod").stderr()).contains("are mutually exclusive");
        assertThat(stage.run("lint", "-k", "prod", "-f", "prod").exitCode()).isEqualTo(1);
    }
}
