package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is deleted, or its Secret, while aliases still need it: kubectl delete -f of everything has to end. */
class ConnectionDeletionIT extends AliasStage {

    @BeforeEach
    void anAliasOnASecuredServer() {
        operator.collections("products_v1", "products_v2");
        milvus.accounts().enableAuthorization();
        objects.secret("milvus", "token", milvus.token());
        objects.connection("secured",
                "{uri: '%s', auth: {secretRef: {name: milvus}}, timeouts: {connect: 2s, rpc: 3s}}"
                        .formatted(milvus.uri()));
        objects.aliasWith("products", "{alias: products, collection: products_v1, connectionRef: {name: secured}}");
        objects.awaitReady("products", "products_v1");
    }

    @Test
    void connectionStaysAndWorksUntilItsAliasesAreGone() {
        objects.connection("secured").delete();
        AliasObjects.await("the connection says why it stays", () -> assertThat(reconciling().message())
                .isEqualTo("kept until the aliases that use it are gone: products"));

        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
        objects.delete("products");

        objects.awaitGone("products");
        AliasObjects.await("the connection is gone", () -> assertThat(objects.connection("secured").get()).isNull());
        assertThat(state.target("default", "products")).isEmpty();
    }

    @Test
    void everythingDeletedAtOnceLeavesNothing() {
        objects.deleteSecret("milvus");
        objects.connection("secured").delete();
        objects.delete("products");

        objects.awaitGone("products");
        AliasObjects.await("the connection is gone", () -> assertThat(objects.connection("secured").get()).isNull());
        assertThat(state.target("default", "products")).isEmpty();
    }

    @Test
    void secretThatIsDeletedIsSaidAndStillServesADeletion() {
        objects.deleteSecret("milvus");
        objects.awaitConnectionReason("secured", Reason.SecretInvalid);

        objects.delete("products");

        objects.awaitGone("products");
        assertThat(state.target("default", "products")).isEmpty();
    }

    private Condition reconciling() {
        MilvusConnection connection = objects.connection("secured").require();
        return connection.getStatus().conditions().stream()
                .filter(condition -> condition.type().equals(ConditionType.Reconciling.name())).findFirst()
                .orElseThrow(() -> new AssertionError("not reconciling: " + connection));
    }
}
