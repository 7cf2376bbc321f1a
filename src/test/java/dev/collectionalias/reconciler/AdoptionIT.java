package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alias that somebody made by hand before its object was applied. */
class AdoptionIT extends AliasStage {

    @BeforeEach
    void anAliasMadeByHand() {
        operator.collections("products_v1", "products_v2");
        state.setAlias("default", "products", "products_v1");
    }

    @Test
    void oneThatIsWhereItShouldBeIsTakenOverWithoutAWrite() {
        objects.alias("products", "products_v1");

        CollectionAlias ready = objects.awaitReady("products", "products_v1");

        assertThat(milvus.journal().aliasWrites()).isEmpty();
        assertThat(ready.getStatus().owned()).isTrue();
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("Adopted");
        objects.awaitEvent("products", Reason.AliasAdopted,
                "took over alias products, which points at products_v1");
    }

    @Test
    void oneThatIsElsewhereIsLeftAndTheUserToldHowToTakeItOver() {
        objects.alias("products", "products_v2");

        Condition ready = objects.awaitReason("products", Reason.AliasExistsElsewhere);

        assertThat(ready.message()).isEqualTo("alias products exists already and points at products_v1; "
                + "to take it over, set adoptionPolicy: Adopt, or set collection: products_v1 first");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
        assertThat(objects.condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.True, Condition::status);
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void adoptTakesItOverAndSwitchesItInOneStep() {
        objects.alias("products", "products_v2");
        objects.awaitReason("products", Reason.AliasExistsElsewhere);

        objects.patchSpec("products", "{adoptionPolicy: Adopt}");
        CollectionAlias ready = objects.awaitReady("products", "products_v2");

        assertThat(milvus.journal().aliasWrites()).extracting("rpc").containsExactly(Rpc.ALTER_ALIAS);
        assertThat(ready.getStatus().previous().collection()).isEqualTo("products_v1");
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("SpecChanged", "Adopted");
    }

    @Test
    void namingItsCollectionFirstTakesItOverToo() {
        objects.alias("products", "products_v2");
        objects.awaitReason("products", Reason.AliasExistsElsewhere);

        objects.point("products", "products_v1");
        objects.awaitReady("products", "products_v1");
        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");

        assertThat(milvus.journal().aliasWrites()).extracting("rpc").containsExactly(Rpc.ALTER_ALIAS);
    }

    @Test
    void deletingAnObjectThatNeverTookItOverLeavesIt() {
        objects.alias("products", "products_v2");
        objects.awaitReason("products", Reason.AliasExistsElsewhere);

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.target("default", "products")).contains("products_v1");
    }
}
