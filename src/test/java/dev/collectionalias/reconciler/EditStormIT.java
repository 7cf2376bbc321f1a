package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import java.util.List;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Faults.Hang;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An object that is changed faster than Milvus can follow. */
class EditStormIT extends AliasStage {

    private static final int MANY = 100;

    @BeforeEach
    void anAliasInUse() {
        operator.collections("products_v1", "products_v2", "products_v3", "products_last");
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
    }

    @Test
    void aHundredEditsEndAtTheLast() {
        for (int i = 0; i < MANY; i++) {
            objects.point("products", i % 2 == 0 ? "products_v2" : "products_v3");
        }
        objects.point("products", "products_last");

        CollectionAlias ready = objects.awaitReady("products", "products_last");

        assertThat(ready.getMetadata().getGeneration()).isGreaterThan(MANY);
        assertThat(state.target("default", "products")).contains("products_last");
        assertThat(milvus.journal().aliasWrites().getLast().collection()).isEqualTo("products_last");
        assertThat(ready.getStatus().history()).hasSizeLessThanOrEqualTo(10).extracting("cause").doesNotContain("Drift",
                "External");
    }

    @Test
    void aChangeBackWhileItSwitchesEndsThere() {
        Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).times(1).hang();
        objects.point("products", "products_v2");
        hang.awaitCall();

        objects.point("products", "products_v1");
        hang.close();

        CollectionAlias ready = objects.awaitReady("products", "products_v1");
        AliasObjects.await("the alias is back",
                () -> assertThat(state.target("default", "products")).contains("products_v1"));
        assertThat(ready.getStatus().history()).extracting("cause").doesNotContain("Drift");
    }

    @Test
    void deletedWhileItSwitchesIsGoneWithItsAlias() {
        Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).times(1).hang();
        objects.point("products", "products_v2");
        hang.awaitCall();

        objects.delete("products");
        hang.close();

        objects.awaitGone("products");
        assertNothingOrphaned();
    }

    @Test
    void appliedAgainWhileItIsBeingDeletedIsGone() {
        Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).times(1).hang();
        objects.point("products", "products_v2");
        hang.awaitCall();
        objects.delete("products");

        objects.point("products", "products_v3");
        hang.close();

        objects.awaitGone("products");
        assertNothingOrphaned();
    }

    @Test
    void createdAgainAsSoonAsItIsGoneIsAtTheLastSpec() {
        Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).times(1).hang();
        objects.point("products", "products_v2");
        hang.awaitCall();
        objects.delete("products");
        hang.close();

        AliasObjects.await("the API server takes the new object", () -> assertThatNoException()
                .as("the old one may still be there").isThrownBy(() -> objects.alias("products", "products_last")));

        objects.awaitReady("products", "products_last");
        assertThat(state.target("default", "products")).contains("products_last");
    }

    @Test
    void createdAndDeletedAtOnceLeavesNothing() {
        List<String> names = IntStream.range(0, 20).mapToObj(i -> "flash" + i).toList();
        for (String name : names) {
            objects.alias(name, "products_v1");
            objects.delete(name);
        }

        names.forEach(objects::awaitGone);

        assertThat(aliases()).containsExactly("products");
    }

    private void assertNothingOrphaned() {
        assertThat(aliases()).isEmpty();
    }

    private List<String> aliases() {
        return state.listAliases("default", "");
    }
}
