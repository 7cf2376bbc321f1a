package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A second alias shows the candidate before the switch. */
class PreviewIT extends AliasStage {

    @BeforeEach
    void anAliasWithAPreview() {
        operator.collections("products_v1", "products_v2");
        state.release("default", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5m, "
                + "cutover: {previewAlias: products_preview}}");
        objects.awaitReady("products", "products_v1");
        awaitPreviewAt("products_v1");
    }

    private void awaitPreviewAt(String collection) {
        AliasObjects.await("the preview is at " + collection, () -> {
            assertThat(target("products_preview")).contains(collection);
            assertThat(objects.get("products").getStatus().preview())
                    .isEqualTo(new Preview("products_preview", collection));
        });
    }

    private Optional<String> target(String alias) {
        return state.target("default", alias);
    }

    @Test
    void showsTheCandidateWhileTheOldCollectionServes() {
        objects.point("products", "products_v2");
        objects.awaitReason("products", Reason.CollectionNotLoaded);
        awaitPreviewAt("products_v2");
        assertThat(target("products")).contains("products_v1");

        objects.point("products", "products_v1");
        awaitPreviewAt("products_v1");
    }

    @Test
    void isMovedBackWhenSomebodyElseMovesIt() {
        state.setAlias("default", "products_preview", "products_v2");
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "now");

        awaitPreviewAt("products_v1");
    }

    @Test
    void goesWhenTheSpecDoesNotNameItAnyMore() {
        objects.patchSpec("products", "{cutover: {previewAlias: null}}");

        AliasObjects.await("the preview is gone", () -> assertThat(target("products_preview")).isEmpty());
        objects.awaitReady("products", "products_v1");
        assertThat(objects.get("products").getStatus().preview()).isNull();
    }

    @Test
    void goesWithTheObject() {
        objects.delete("products");
        objects.awaitGone("products");

        assertThat(target("products_preview")).isEmpty();
        assertThat(target("products")).isEmpty();
    }

    @Test
    void isLeftToAnObjectWhoseAliasItIs() {
        objects.aliasWith("other", "{alias: products_preview, collection: products_v1, refreshInterval: 5s}");

        objects.awaitReady("other", "products_v1");
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "now");
        assertThat(objects.awaitReason("products", Reason.Conflict).message()).contains("/other");
        objects.delete("products");
        objects.awaitGone("products");
        assertThat(target("products_preview")).contains("products_v1");
    }
}
