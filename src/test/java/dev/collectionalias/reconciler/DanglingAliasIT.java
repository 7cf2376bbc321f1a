package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Old servers let a collection be dropped under its alias, which then points at nothing and can't be created either. */
class DanglingAliasIT extends AliasStage {

    DanglingAliasIT() {
        super(new InProcessMilvus("v2.3.5"));
    }

    @BeforeEach
    void anAliasInUse() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5s}");
        objects.awaitReady("products", "products_v1");
        state.dropCollection("default", "products_v1");
    }

    @Test
    void isRepairedWhenItsCollectionIsCreatedAgain() {
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "now");
        objects.awaitReason("products", Reason.CollectionNotFound);
        assertThat(objects.condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.False, Condition::status);

        operator.collections("products_v1");

        objects.awaitReady("products", "products_v1");
        assertThat(state.target("default", "products")).contains("products_v1");
        assertThat(objects.get("products").getStatus().history()).extracting("cause").containsExactly("Repaired",
                "Created");
        objects.awaitEvent("products", Reason.Switched,
                "pointed alias products at products_v1, because the collection products_v1 behind it was dropped");
        assertThat(objects.get("products").getStatus().active().id())
                .isEqualTo(Long.toString(state.collection("default", "products_v1").id()));
    }

    @Test
    void isRepairedByAChangedSpec() {
        objects.point("products", "products_v2");

        objects.awaitReady("products", "products_v2");

        assertThat(state.target("default", "products")).contains("products_v2");
    }

    @Test
    void isDroppedWithItsObjectSoThatItsNameIsFree() {
        objects.delete("products");

        objects.awaitGone("products");

        assertThatCode(() -> state.createCollection("default", "products")).doesNotThrowAnyException();
    }
}
