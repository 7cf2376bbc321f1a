package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers differ in whether they take an alias of an alias; here none does, and the user is told the real name. */
@ParameterizedClass
@ValueSource(strings = {"v3.0.0", "v2.3.5"})
class TargetIsAnAliasIT extends AliasStage {

    private static final String SENTENCE = "collection newest is itself an alias, of products_v2; name the collection";

    TargetIsAnAliasIT(String version) {
        super(new InProcessMilvus(version));
    }

    @BeforeEach
    void anotherAlias() {
        operator.collections("products_v1", "products_v2");
        state.setAlias("default", "newest", "products_v2");
    }

    @Test
    void aNewAliasIsNotCreated() {
        objects.alias("products", "newest");

        Condition ready = objects.awaitReason("products", Reason.InvalidSpec);

        assertThat(ready.message()).isEqualTo(SENTENCE);
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void anAliasInUseIsNotSwitchedUntilTheCollectionIsNamed() {
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");

        objects.point("products", "newest");
        Condition ready = objects.awaitReason("products", Reason.InvalidSpec);

        assertThat(ready.message()).isEqualTo(SENTENCE);
        assertThat(state.target("default", "products")).contains("products_v1");

        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
    }
}
