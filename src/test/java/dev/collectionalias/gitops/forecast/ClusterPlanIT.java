package dev.collectionalias.gitops.forecast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.gitops.GitStage;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Command.Outcome;
import dev.collectionalias.support.Kubectl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Overlays of Kustomize that a real kubectl renders and applies, and what {@code plan} says before of what the operator does after. */
class ClusterPlanIT extends AliasStage {

    private static final int CHANGES = 2;

    private Kubectl kubectl;
    private GitStage stage;
    private Path kubeconfig;

    @BeforeEach
    void anAliasThatKustomizeMade(@TempDir Path directory) {
        kubectl = new Kubectl(operator.controlPlane(), operator.namespace().name());
        operator.collections("products_v1", "products_v2", "products_v3");
        stage = new GitStage(directory).with(milvus)
                .withPath(Path.of(operator.controlPlane().kubectlPath()).getParent())
                .file("base/kustomization.yaml", "resources: [products.yaml]\n")
                .file("base/products.yaml", GitStage.ALIAS.formatted("products",
                        "{alias: products, collection: products_v1, refreshInterval: 5m}"));
        kubeconfig = operator.controlPlane()
                .kubeconfig("system:serviceaccount:" + operator.namespace().name() + ":viewer");
        assertThat(operator.controlPlane().kubectl("apply", "-f", "deploy/base/user-roles.yaml").exitCode()).isZero();
        kubectl.run("create", "rolebinding", "viewer", "--clusterrole", "collection-alias-viewer", "--serviceaccount",
                operator.namespace().name() + ":viewer");
        kubectl.run("apply", "-k", directory("base"));
        objects.awaitReady("products", "products_v1");
    }

    private String directory(String name) {
        return stage.directory().resolve(name).toString();
    }

    /** An overlay that points the alias elsewhere. */
    private String overlay(String collection) {
        stage.file(collection + "/kustomization.yaml", """
                resources: [../base]
                namespace: %s
                patches: [{path: switch.yaml}]
                """.formatted(operator.namespace().name()))
                .file(collection + "/switch.yaml", GitStage.ALIAS.formatted("products",
                        "{collection: %s}".formatted(collection)));
        return directory(collection);
    }

    private String plan(int exitCode, String overlay, String... options) {
        Outcome outcome = stage.run(Stream.concat(Stream.of("plan", "-k", overlay), Stream.of(options))
                .toArray(String[]::new));
        assertThat(outcome.exitCode()).as(outcome.stdout() + outcome.stderr()).isEqualTo(exitCode);
        return outcome.stdout() + outcome.stderr();
    }

    private String planInCluster(int exitCode, String overlay) {
        return plan(exitCode, overlay, "--cluster", "--kubeconfig", kubeconfig.toString());
    }

    @Test
    void aPlanInTheClusterSaysWhatHappensThen() {
        String second = overlay("products_v2");
        assertThat(planInCluster(CHANGES, second)).contains("products_v1   products_v2", "0 to create, 1 to switch, ")
                .contains("note: you may not list the collectionaliases of all namespaces, so that those of "
                        + operator.namespace().name() + " are all that is known\n");
        kubectl.run("apply", "-k", second);
        objects.awaitReady("products", "products_v2");
        assertThat(planInCluster(0, second)).contains("No changes: 1 alias in place\n");

        kubectl.run("annotate", "calias/products", Api.ROLLBACK + "=previous@2");
        objects.awaitReason("products", Reason.RolledBack);
        assertThat(planInCluster(CHANGES, second)).contains("products_v1   products_v2",
                "… RolledBack: rolled back from products_v2", "1 to switch (1 held back)");
        assertThat(plan(CHANGES, second)).as("without the cluster").contains("1 to switch, 0 in conflict");
        kubectl.run("apply", "-k", second);
        objects.awaitReason("products", Reason.RolledBack);
        assertThat(planInCluster(CHANGES, overlay("products_v3"))).contains("products_v1   products_v3",
                "1 to switch, ");

        kubectl.run("patch", "calias/products", "--type=merge", "-p", "{\"spec\": {\"suspend\": true}}");
        assertThat(planInCluster(0, overlay("products_v3"))).contains("No changes: 1 alias in place\n");
        kubectl.run("apply", "-k", overlay("products_v3"));
        objects.awaitReason("products", Reason.Suspended);
        assertThat(state.target("default", "products")).contains("products_v1");
    }

    @Test
    void anExportLeavesOutWhatAnObjectHolds() {
        state.setAlias("default", "items", "products_v1");

        Outcome outcome = stage.run("export", "-o", "text", "--cluster", "--kubeconfig", kubeconfig.toString(), "-n",
                operator.namespace().name());

        assertThat(outcome.stdout()).contains("items").doesNotContain("products   ");
        assertThat(outcome.stderr()).contains("note: alias products@default is left out: CollectionAlias "
                + operator.namespace().name() + "/products holds it\n");
    }
}
