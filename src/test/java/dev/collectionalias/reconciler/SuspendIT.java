package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A suspended alias is watched and not touched. */
class SuspendIT extends AliasStage {

    @BeforeEach
    void aSuspendedAlias() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5s}");
        objects.awaitReady("products", "products_v1");
        objects.patchSpec("products", "{suspend: true}");
        objects.awaitReason("products", Reason.Suspended);
        milvus.journal().clear();
    }

    @Test
    void isReadyAsBeforeAndNeitherWorkedOnNorStuck() {
        assertThat(condition(ConditionType.Ready)).returns(ConditionStatus.True, Condition::status)
                .returns("alias products is observed but not changed while spec.suspend is true", Condition::message);
        assertThat(objects.condition("products", ConditionType.Reconciling)).isEmpty();
        assertThat(objects.condition("products", ConditionType.Stalled)).isEmpty();
    }

    @Test
    void isNotSwitchedUntilItIsResumed() {
        objects.point("products", "products_v2");
        AliasObjects.await("the change is seen",
                () -> assertThat(objects.get("products").getStatus().observedGeneration())
                        .isEqualTo(objects.get("products").getMetadata().getGeneration()));

        assertThat(milvus.journal().aliasWrites()).isEmpty();

        objects.patchSpec("products", "{suspend: false}");

        objects.awaitReady("products", "products_v2");
        assertThat(state.target("default", "products")).contains("products_v2");
    }

    @Test
    void isNotCorrectedButTheDriftIsSeen() {
        state.setAlias("default", "products", "products_v2");

        AliasObjects.await("the drift is seen", () -> assertThat(condition(ConditionType.InSync))
                .returns(ConditionStatus.False, Condition::status)
                .returns("somebody else moved alias products from products_v1 to products_v2", Condition::message));
        assertThat(condition(ConditionType.Serving).status()).isEqualTo(ConditionStatus.True);
        assertThat(milvus.journal().aliasWrites()).isEmpty();

        objects.patchSpec("products", "{suspend: false}");

        objects.awaitReady("products", "products_v1");
        assertThat(condition(ConditionType.InSync).status()).isEqualTo(ConditionStatus.True);
    }

    @Test
    void isSaidToServeNobodyWhenSomebodyElseDropsIt() {
        state.dropAlias("default", "products");

        AliasObjects.await("the loss is seen", () -> assertThat(condition(ConditionType.Serving))
                .returns(ConditionStatus.False, Condition::status)
                .returns("alias products does not exist", Condition::message));
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void isDroppedWhenItsObjectIsDeleted() {
        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.target("default", "products")).isEmpty();
    }

    private Condition condition(ConditionType type) {
        return objects.condition("products", type).orElseThrow();
    }
}
