package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A connection is pointed at another server: what an object held on the old one says nothing about the new one. */
class EndpointChangeIT extends AliasStage {

    private final InProcessMilvus other = new InProcessMilvus();

    @BeforeEach
    void anAliasInUseAndAnotherServer() {
        operator.collections("products_v1");
        other.start();
        other.state().createCollection("default", "products_v1");
        other.state().createCollection("default", "products_v2");
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
        milvus.journal().clear();
    }

    @AfterEach
    void stop() {
        other.close();
    }

    @Test
    void theAliasIsMadeOnTheNewServerAndLeftOnTheOld() {
        moveToTheOtherServer();

        AliasObjects.await("the alias is on the other server",
                () -> assertThat(objects.get("products").getStatus().endpoint()).isEqualTo(address(other)));
        objects.awaitReady("products", "products_v1");

        assertThat(other.state().target("default", "products")).contains("products_v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void anAliasThatIsThereAlreadyIsNotTakenFromItsOwner() {
        other.state().setAlias("default", "products", "products_v2");

        moveToTheOtherServer();
        Condition ready = objects.awaitReason("products", Reason.AliasExistsElsewhere);

        assertThat(ready.message()).contains("alias products exists already and points at products_v2");
        assertThat(other.journal().aliasWrites()).isEmpty();

        objects.delete("products");
        objects.awaitGone("products");
        assertThat(other.state().target("default", "products")).contains("products_v2");
    }

    private void moveToTheOtherServer() {
        objects.patchConnection("default", "{uri: '%s'}".formatted(other.uri()));
    }

    private static String address(InProcessMilvus milvus) {
        return milvus.uri().substring("http://".length());
    }
}
