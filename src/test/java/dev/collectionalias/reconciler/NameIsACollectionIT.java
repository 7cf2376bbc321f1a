package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An alias can't have the name of a collection, and the collection is what has to be kept safe. */
class NameIsACollectionIT extends AliasStage {

    @BeforeEach
    void anAliasNamedAsACollection() {
        operator.collections("products", "products_v1");
        objects.alias("products", "products_v1");
    }

    @Test
    void saysWhatToDo() {
        Condition ready = objects.awaitReason("products", Reason.NameIsACollection);

        assertThat(ready.message()).contains("products",
                "an alias can't have the name of a collection: rename or drop that collection, or choose another alias");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
    }

    @Test
    void isHealedWhenTheCollectionIsRenamed() {
        objects.awaitReason("products", Reason.NameIsACollection);

        state.renameCollection("default", "products", "products_old");

        objects.awaitReady("products", "products_v1");
        assertThat(state.target("default", "products")).contains("products_v1");
    }

    @Test
    void deletingTheObjectLeavesTheCollectionAlone() {
        objects.awaitReason("products", Reason.NameIsACollection);

        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.collections("default")).extracting("name").containsExactly("products", "products_v1");
    }
}
