package dev.collectionalias.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Kubectl;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A manifest that vanishes from what is applied with pruning takes its object along, and only what is guarded stays. */
class PruneIT extends AliasStage {

    @TempDir
    Path manifests;

    private Kubectl kubectl;

    @BeforeEach
    void twoAliasesOfWhichOneIsRetained() throws IOException {
        operator.collections("products_v1", "reviews_v1");
        kubectl = new Kubectl(operator.controlPlane(), operator.namespace().name());
        for (String example : new String[]{"alias.yaml", "retain.yaml"}) {
            Files.writeString(manifests.resolve(example), Kubectl.example(example));
        }
        applyWithPruning();
        kubectl.awaitReady("products");
        kubectl.awaitReady("reviews");
        milvus.journal().clear();
    }

    @Test
    void whatIsRetainedGoesOnServing() throws IOException {
        assertThat(objects.get("reviews").getMetadata().getAnnotations())
                .containsEntry("argocd.argoproj.io/sync-options", "Prune=false,Delete=false");

        Files.delete(manifests.resolve("retain.yaml"));
        assertThat(applyWithPruning()).contains("reviews pruned");
        objects.awaitGone("reviews");

        assertThat(state.target("default", "reviews")).contains("reviews_v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
        kubectl.awaitReady("products");
    }

    @Test
    void whatComesBackIsTakenOverAsItIs() throws IOException {
        Files.delete(manifests.resolve("retain.yaml"));
        applyWithPruning();
        objects.awaitGone("reviews");

        Files.writeString(manifests.resolve("retain.yaml"), Kubectl.example("retain.yaml"));
        applyWithPruning();

        objects.awaitReady("reviews", "reviews_v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void whatIsNotRetainedIsDropped() throws IOException {
        Files.delete(manifests.resolve("alias.yaml"));
        applyWithPruning();

        AliasObjects.await("the alias is dropped",
                () -> assertThat(state.listAliases("default", "")).containsExactly("reviews"));
    }

    private String applyWithPruning() {
        return kubectl.run("apply", "-f", manifests.toString(), "--prune", "--all",
                "--prune-allowlist=collectionalias.dev/v1alpha1/CollectionAlias");
    }
}
