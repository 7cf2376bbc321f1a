package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of the alias when its object goes. */
class DeletionPolicyIT extends AliasStage {

    /** What somebody else does to the alias before the deletion is not corrected, however soon it is seen. */
    private static final String SPEC = "{alias: products, collection: products_v1, database: shop, driftPolicy: Report}";

    @BeforeEach
    void anAliasInUse() {
        state.createDatabase("shop");
        state.createCollection("shop", "products_v1");
        state.createCollection("shop", "products_v2");
        objects.aliasWith("products", SPEC);
        objects.awaitReady("products", "products_v1");
        milvus.journal().clear();
    }

    @Test
    void retainedAliasStays() {
        objects.patchSpec("products", "{deletionPolicy: Retain}");

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.target("shop", "products")).contains("products_v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
        assertThat(lastEvent()).isEqualTo("alias products is left in Milvus because deletionPolicy is Retain");
    }

    @Test
    void policyMayBeChangedWhileTheDeletionWaits() {
        milvus.refuseConnections();
        objects.delete("products");
        objects.awaitReason("products", Reason.ConnectionFailed);

        objects.patchSpec("products", "{deletionPolicy: Retain}");
        objects.awaitGone("products");

        milvus.acceptConnections();
        assertThat(state.target("shop", "products")).contains("products_v1");
    }

    @Test
    void aliasThatSomebodyElseMovedIsLeft() {
        state.setAlias("shop", "products", "products_v2");

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.target("shop", "products")).contains("products_v2");
        assertThat(milvus.journal().of(Rpc.DROP_ALIAS)).isEmpty();
        assertThat(lastEvent()).startsWith("alias products is left in Milvus: it points at products_v2")
                .endsWith("where this object did not put it");
    }

    @Test
    void aliasThatIsGoneAlreadyIsNoObstacle() {
        state.dropAlias("shop", "products");

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(lastEvent()).isEqualTo("alias products does not exist any more");
    }

    @Test
    void databaseThatIsGoneAlreadyIsNoObstacle() {
        state.dropAlias("shop", "products");
        state.dropCollection("shop", "products_v1");
        state.dropCollection("shop", "products_v2");
        state.dropDatabase("shop");

        objects.delete("products");
        objects.awaitGone("products");
    }

    @Test
    void dropThatFailsIsTriedAgain() {
        milvus.faults().on(Rpc.DROP_ALIAS).times(2).fail(65535, "etcd is gone");

        objects.delete("products");
        Condition ready = objects.awaitReason("products", Reason.DropFailed);

        assertThat(ready.message()).isEqualTo("dropAlias products: etcd is gone");
        assertThat(objects.condition("products", ConditionType.Reconciling)).isPresent();
        objects.awaitGone("products");
        assertThat(state.target("shop", "products")).isEmpty();
    }

    @Test
    void aliasThatTheServerCanNeverDropSaysTheWayOut() {
        milvus.faults().on(Rpc.DROP_ALIAS).fail(65535, "etcdserver: too many operations in txn request");

        objects.delete("products");
        Condition ready = objects.awaitReason("products", Reason.DropFailed);

        assertThat(ready.message()).endsWith("set deletionPolicy: Retain to let the object go");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();

        objects.patchSpec("products", "{deletionPolicy: Retain}");
        objects.awaitGone("products");
    }

    /** What the user is told last, when there is no status to read any more. */
    private String lastEvent() {
        return objects.events("products").getLast().getMessage();
    }
}
