package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A second alias shows the candidate before the switch. */
@ExtendWith(ControlPlaneExtension.class)
class PreviewIT {

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    private AliasObjects objects;
    private MilvusState milvus;

    @BeforeEach
    void anAliasWithAPreview() {
        objects = operator.objects();
        milvus = operator.milvus().state();
        operator.collections("products_v1", "products_v2");
        milvus.release("default", "products_v2");
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
        return milvus.target("default", alias);
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
        milvus.setAlias("default", "products_preview", "products_v2");
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
