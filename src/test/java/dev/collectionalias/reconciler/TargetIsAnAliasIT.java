package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers differ in whether they take an alias of an alias; here none does, and the user is told the real name. */
@ParameterizedClass
@ValueSource(strings = {"v3.0.0", "v2.3.5"})
@ExtendWith(ControlPlaneExtension.class)
class TargetIsAnAliasIT {

    private static final String SENTENCE = "collection newest is itself an alias, of products_v2; name the collection";

    @RegisterExtension
    final OperatorExtension operator;

    TargetIsAnAliasIT(String version) {
        operator = new OperatorExtension(new InProcessMilvus(version));
    }

    @BeforeEach
    void anotherAlias() {
        operator.collections("products_v1", "products_v2");
        operator.milvus().state().setAlias("default", "newest", "products_v2");
    }

    @Test
    void aNewAliasIsNotCreated() {
        operator.objects().alias("products", "newest");

        Condition ready = operator.objects().awaitReason("products", Reason.InvalidSpec);

        assertThat(ready.message()).isEqualTo(SENTENCE);
        assertThat(operator.objects().condition("products", ConditionType.Stalled)).isPresent();
        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();
    }

    @Test
    void anAliasInUseIsNotSwitchedUntilTheCollectionIsNamed() {
        operator.objects().alias("products", "products_v1");
        operator.objects().awaitReady("products", "products_v1");

        operator.objects().point("products", "newest");
        Condition ready = operator.objects().awaitReason("products", Reason.InvalidSpec);

        assertThat(ready.message()).isEqualTo(SENTENCE);
        assertThat(operator.milvus().state().target("default", "products")).contains("products_v1");

        operator.objects().point("products", "products_v2");
        operator.objects().awaitReady("products", "products_v2");
    }
}
