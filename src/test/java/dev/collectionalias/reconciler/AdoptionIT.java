package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An alias that somebody made by hand before its object was applied. */
@ExtendWith(ControlPlaneExtension.class)
class AdoptionIT {

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    @BeforeEach
    void anAliasMadeByHand() {
        operator.collections("products_v1", "products_v2");
        operator.milvus().state().setAlias("default", "products", "products_v1");
    }

    @Test
    void oneThatIsWhereItShouldBeIsTakenOverWithoutAWrite() {
        operator.objects().alias("products", "products_v1");

        CollectionAlias ready = operator.objects().awaitReady("products", "products_v1");

        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();
        assertThat(ready.getStatus().owned()).isTrue();
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("Adopted");
        operator.objects().awaitEvent("products", Reason.AliasAdopted,
                "took over alias products, which points at products_v1");
    }

    @Test
    void oneThatIsElsewhereIsLeftAndTheUserToldHowToTakeItOver() {
        operator.objects().alias("products", "products_v2");

        Condition ready = operator.objects().awaitReason("products", Reason.AliasExistsElsewhere);

        assertThat(ready.message()).isEqualTo("alias products exists already and points at products_v1; "
                + "to take it over, set adoptionPolicy: Adopt, or set collection: products_v1 first");
        assertThat(operator.objects().condition("products", ConditionType.Stalled)).isPresent();
        assertThat(operator.objects().condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.True, Condition::status);
        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();
    }

    @Test
    void adoptTakesItOverAndSwitchesItInOneStep() {
        operator.objects().alias("products", "products_v2");
        operator.objects().awaitReason("products", Reason.AliasExistsElsewhere);

        operator.objects().patchSpec("products", "{adoptionPolicy: Adopt}");
        CollectionAlias ready = operator.objects().awaitReady("products", "products_v2");

        assertThat(operator.milvus().journal().aliasWrites()).extracting("rpc").containsExactly(Rpc.ALTER_ALIAS);
        assertThat(ready.getStatus().previous().collection()).isEqualTo("products_v1");
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("SpecChanged", "Adopted");
    }

    @Test
    void namingItsCollectionFirstTakesItOverToo() {
        operator.objects().alias("products", "products_v2");
        operator.objects().awaitReason("products", Reason.AliasExistsElsewhere);

        operator.objects().point("products", "products_v1");
        operator.objects().awaitReady("products", "products_v1");
        operator.objects().point("products", "products_v2");
        operator.objects().awaitReady("products", "products_v2");

        assertThat(operator.milvus().journal().aliasWrites()).extracting("rpc").containsExactly(Rpc.ALTER_ALIAS);
    }

    @Test
    void deletingAnObjectThatNeverTookItOverLeavesIt() {
        operator.objects().alias("products", "products_v2");
        operator.objects().awaitReason("products", Reason.AliasExistsElsewhere);

        operator.objects().delete("products");
        operator.objects().awaitGone("products");

        assertThat(operator.milvus().state().target("default", "products")).contains("products_v1");
    }
}
