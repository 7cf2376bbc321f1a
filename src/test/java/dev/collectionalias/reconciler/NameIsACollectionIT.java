package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** An alias can't have the name of a collection, and the collection is what has to be kept safe. */
@ExtendWith(ControlPlaneExtension.class)
class NameIsACollectionIT {

    @RegisterExtension
    final OperatorExtension operator = new OperatorExtension();

    @BeforeEach
    void anAliasNamedAsACollection() {
        operator.collections("products", "products_v1");
        operator.objects().alias("products", "products_v1");
    }

    @Test
    void saysWhatToDo() {
        Condition ready = operator.objects().awaitReason("products", Reason.NameIsACollection);

        assertThat(ready.message()).contains("products",
                "an alias can't have the name of a collection: rename or drop that collection, or choose another alias");
        assertThat(operator.objects().condition("products", ConditionType.Stalled)).isPresent();
    }

    @Test
    void isHealedWhenTheCollectionIsRenamed() {
        operator.objects().awaitReason("products", Reason.NameIsACollection);

        state().renameCollection("default", "products", "products_old");

        operator.objects().awaitReady("products", "products_v1");
        assertThat(state().target("default", "products")).contains("products_v1");
    }

    @Test
    void deletingTheObjectLeavesTheCollectionAlone() {
        operator.objects().awaitReason("products", Reason.NameIsACollection);

        operator.objects().delete("products");
        operator.objects().awaitGone("products");

        assertThat(state().collections("default")).extracting("name").containsExactly("products", "products_v1");
    }

    private MilvusState state() {
        return operator.milvus().state();
    }
}
