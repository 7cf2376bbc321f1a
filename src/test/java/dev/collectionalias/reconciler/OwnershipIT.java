package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two objects that name one alias: one serves, the other knows who, and neither's end leaves a gap. */
class OwnershipIT extends AliasStage {

    @BeforeEach
    void anOwner() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("first", "{alias: products, collection: products_v1, refreshInterval: 5s}");
        objects.awaitReady("first", "products_v1");
        milvus.journal().clear();
    }

    @Test
    void theSecondIsToldWhoHoldsTheAlias() {
        Condition ready = second();

        assertThat(ready.message())
                .isEqualTo("alias products is held by CollectionAlias %s/first; delete one of the two"
                        .formatted(operator.namespace().name()));
        assertThat(objects.condition("second", ConditionType.Stalled)).isPresent();
        assertThat(objects.get("second").getStatus().owned()).isFalse();
        assertThat(milvus.journal().aliasWrites()).isEmpty();
        objects.awaitReady("first", "products_v1");
    }

    @Test
    void theSecondTakesOverWithoutAGapWhenTheOwnerGoes() {
        second();

        objects.delete("first");
        CollectionAlias ready = objects.awaitReady("second", "products_v2");
        objects.awaitGone("first");

        assertThat(milvus.journal().aliasWrites()).extracting("rpc").containsExactly(Rpc.ALTER_ALIAS);
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("SpecChanged", "HandedOver");
        assertThat(ready.getStatus().previous().collection()).isEqualTo("products_v1");
    }

    @Test
    void nothingHappensWhenTheSecondGoes() {
        second();

        objects.delete("second");
        objects.awaitGone("second");

        assertThat(milvus.journal().aliasWrites()).isEmpty();
        assertThat(state.target("default", "products")).contains("products_v1");
        objects.point("first", "products_v2");
        objects.awaitReady("first", "products_v2");
    }

    @Test
    void theAliasIsDroppedOnceWhenBothGo() {
        second();

        objects.delete("first");
        objects.delete("second");
        objects.awaitGone("first");
        objects.awaitGone("second");

        assertThat(milvus.journal().of(Rpc.DROP_ALIAS)).hasSize(1);
        assertThat(state.target("default", "products")).isEmpty();
    }

    @Test
    void aRenamedObjectTakesTheAliasAlong() {
        objects.delete("first");
        objects.aliasWith("renamed", "{alias: products, collection: products_v1}");

        objects.awaitGone("first");
        objects.awaitReady("renamed", "products_v1");

        // Where the deletion was over before the new object came, the alias was dropped and made anew.
        assertThat(state.target("default", "products")).contains("products_v1");
        assertThat(objects.get("renamed").getStatus().owned()).isTrue();
    }

    @Test
    void anObjectThatIsThereBeforeTheOldOneGoesLeavesNoGap() {
        objects.aliasWith("renamed", "{alias: products, collection: products_v1}");
        objects.delete("first");

        objects.awaitGone("first");
        objects.awaitReady("renamed", "products_v1");

        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void twoConnectionsToOneServerAreOneServer() {
        objects.connection("same-server", "{uri: '%s/'}".formatted(milvus.uri()));
        objects.aliasWith("second",
                "{alias: products, collection: products_v2, connectionRef: {name: same-server}}");

        Condition ready = objects.awaitReason("second", Reason.Conflict);

        assertThat(ready.message()).contains(operator.namespace().name() + "/first");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void aClaimWithoutAConnectionStandsInNobodysWay() {
        objects.delete("first");
        objects.awaitGone("first");
        objects.aliasWith("first", "{alias: products, collection: products_v1, connectionRef: {name: later}}");
        objects.awaitReason("first", Reason.ConnectionNotFound);

        objects.aliasWith("second", "{alias: products, collection: products_v2}");
        objects.awaitReady("second", "products_v2");
        objects.connection("later", "{uri: '%s'}".formatted(milvus.uri()));

        Condition ready = objects.awaitReason("first", Reason.Conflict);
        assertThat(ready.message()).contains(operator.namespace().name() + "/second");
        assertThat(state.target("default", "products")).contains("products_v2");
    }

    @Test
    void anOwnerWhoseConnectionFailsIsNoObstacleOnceTheSecondTookOver() {
        objects.connection("same-server", "{uri: '%s'}".formatted(milvus.uri()));
        objects.aliasWith("second",
                "{alias: products, collection: products_v1, connectionRef: {name: same-server}}");
        objects.awaitReason("second", Reason.Conflict);
        objects.secret("milvus", "nonsense", SecretLedger.password("what no key has a use for"));
        objects.patchConnection("default", "{auth: {secretRef: {name: milvus}}}");
        objects.awaitConnectionReason("default", Reason.SecretInvalid);

        objects.delete("first");

        objects.awaitReady("second", "products_v1");
        objects.awaitGone("first");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void theSameNameInAnotherDatabaseIsAnotherAlias() {
        state.createDatabase("shop");
        state.createCollection("shop", "products_v2");

        objects.aliasWith("second", "{alias: products, collection: products_v2, database: shop}");

        objects.awaitReady("second", "products_v2");
        assertThat(state.target("shop", "products")).contains("products_v2");
        assertThat(state.target("default", "products")).contains("products_v1");
    }

    private Condition second() {
        objects.aliasWith("second", "{alias: products, collection: products_v2, refreshInterval: 5s}");
        return objects.awaitReason("second", Reason.Conflict);
    }
}
