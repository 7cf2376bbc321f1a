package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody else changes what the alias points at. */
class DriftIT extends AliasStage {

    @BeforeEach
    void anAliasInUse() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5s}");
        objects.awaitReady("products", "products_v1");
        milvus.journal().clear();
    }

    @Test
    void isCorrectedWithinTheRefreshInterval() {
        state.setAlias("default", "products", "products_v2");

        assertTimeout(Duration.ofSeconds(8), () -> awaitTarget("products_v1"));

        objects.awaitEvent("products", Reason.DriftCorrected,
                "pointed alias products back at products_v1, after somebody else had moved or dropped it");
        assertThat(objects.get("products").getStatus().history()).extracting("cause").containsExactly("Drift",
                "Created");
        objects.awaitReady("products", "products_v1");
        assertThat(writes()).containsExactly(Rpc.ALTER_ALIAS);
    }

    @Test
    void isLeftAndSaidWhereThePolicyIsReport() {
        objects.patchSpec("products", "{driftPolicy: Report}");
        objects.awaitReady("products", "products_v1");
        state.setAlias("default", "products", "products_v2");

        Condition ready = objects.awaitReason("products", Reason.Drifted);

        assertThat(ready.message()).isEqualTo("somebody else moved alias products from products_v1 to products_v2; "
                + "it is left so because driftPolicy is Report");
        assertThat(condition(ConditionType.InSync)).isEqualTo(ConditionStatus.False);
        assertThat(condition(ConditionType.Serving)).isEqualTo(ConditionStatus.True);
        assertThat(condition(ConditionType.Stalled)).isEqualTo(ConditionStatus.True);
        assertThat(writes()).isEmpty();

        objects.patchSpec("products", "{driftPolicy: Correct}");
        objects.awaitReady("products", "products_v1");

        awaitTarget("products_v1");
        assertThat(condition(ConditionType.InSync)).isEqualTo(ConditionStatus.True);
    }

    @Test
    void isAcceptedWhereTheSpecWantsIt() {
        objects.patchSpec("products", "{collection: products_v2, cutover: {promotion: {mode: Manual}}}");
        objects.awaitReason("products", Reason.AwaitingPromotion);

        state.setAlias("default", "products", "products_v2");
        lookNow();
        CollectionAlias ready = objects.awaitReady("products", "products_v2");

        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("External", "Created");
        assertThat(ready.getStatus().previous().collection()).isEqualTo("products_v1");
        objects.awaitEvent("products", Reason.InSync,
                "somebody else switched alias products from products_v1 to products_v2, where the spec wants it");
    }

    @Test
    void isNotCorrectedWhereThatServesWorse() {
        state.release("default", "products_v1");
        state.setAlias("default", "products", "products_v2");

        Condition ready = objects.awaitReason("products", Reason.Drifted);

        assertThat(ready.message()).endsWith("it is not moved back because that collection is not loaded");
        assertThat(writes()).isEmpty();

        state.load("default", "products_v1");
        lookNow();

        objects.awaitReady("products", "products_v1");
        assertThat(writes()).containsExactly(Rpc.ALTER_ALIAS);
    }

    @Test
    void droppedAliasIsRestored() {
        state.dropAlias("default", "products");
        lookNow();

        AliasObjects.await("the restoration is remembered",
                () -> assertThat(objects.get("products").getStatus().history()).extracting("cause")
                        .containsExactly("Drift", "Created"));
        assertThat(state.target("default", "products")).contains("products_v1");
        assertThat(writes()).containsExactly(Rpc.CREATE_ALIAS);
    }

    @Test
    void renamedCollectionIsNoDrift() {
        state.renameCollection("default", "products_v1", "products_2024");
        lookNow();

        Condition ready = objects.awaitReason("products", Reason.CollectionNotFound);

        assertThat(ready.message()).isEqualTo("collection products_v1 does not exist in database default");
        assertThat(objects.get("products").getStatus().active().collection()).isEqualTo("products_2024");
        assertThat(condition(ConditionType.InSync)).isEqualTo(ConditionStatus.True);

        objects.point("products", "products_2024");
        CollectionAlias followed = objects.awaitReady("products", "products_2024");

        assertThat(followed.getStatus().history()).extracting("cause").containsExactly("Created");
        assertThat(writes()).isEmpty();
    }

    private void lookNow() {
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "now");
    }

    private void awaitTarget(String collection) {
        AliasObjects.await("products points at " + collection,
                () -> assertThat(state.target("default", "products")).contains(collection));
    }

    private List<Rpc> writes() {
        return milvus.journal().aliasWrites().stream().map(call -> call.rpc()).toList();
    }

    private ConditionStatus condition(ConditionType type) {
        return objects.condition("products", type).orElseThrow().status();
    }
}
