package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.OperatorExtension;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that is not there yet is waited for, and nobody who searches notices. */
@ParameterizedClass
@ValueSource(strings = {"v3.0.0", "v2.6.20", "v2.3.5"})
@ExtendWith(ControlPlaneExtension.class)
class CollectionMissingIT {

    private static final Duration SECONDS = Duration.ofSeconds(5);

    @RegisterExtension
    final OperatorExtension operator;

    CollectionMissingIT(String version) {
        operator = new OperatorExtension(new InProcessMilvus(version));
    }

    @Test
    void aNewAliasWaitsForItsCollection() {
        operator.objects().alias("products", "products_v1");

        Condition ready = operator.objects().awaitReason("products", Reason.CollectionNotFound);

        assertThat(ready.message()).isEqualTo("collection products_v1 does not exist in database default");
        assertThat(operator.objects().condition("products", ConditionType.Reconciling)).isPresent();
        assertThat(operator.objects().condition("products", ConditionType.Stalled)).isEmpty();
        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();

        operator.collections("products_v1");

        assertTimeout(SECONDS, () -> operator.objects().awaitReady("products", "products_v1"));
    }

    @Test
    void aNewAliasWaitsForItsDatabase() {
        operator.objects().aliasWith("products", "{alias: products, collection: products_v1, database: shop}");

        Condition ready = operator.objects().awaitReason("products", Reason.DatabaseNotFound);

        assertThat(ready.message()).contains("database").contains("shop");
        assertThat(operator.objects().condition("products", ConditionType.Stalled)).isEmpty();

        operator.milvus().state().createDatabase("shop");
        assertTimeout(SECONDS, () -> operator.objects().awaitReason("products", Reason.CollectionNotFound));
        operator.milvus().state().createCollection("shop", "products_v1");

        assertTimeout(SECONDS, () -> operator.objects().awaitReady("products", "products_v1"));
        assertThat(operator.milvus().state().target("shop", "products")).contains("products_v1");
    }

    @Test
    void anAliasInUseKeepsItsOldTargetMeanwhile() {
        operator.collections("products_v1");
        operator.objects().alias("products", "products_v1");
        operator.objects().awaitReady("products", "products_v1");
        operator.milvus().journal().clear();

        operator.objects().point("products", "products_v2");
        operator.objects().awaitReason("products", Reason.CollectionNotFound);

        assertThat(operator.objects().condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.True, Condition::status)
                .returns("products_v1 is loaded", Condition::message);
        assertThat(operator.objects().get("products").getStatus().active().collection()).isEqualTo("products_v1");
        assertThat(operator.milvus().journal().aliasWrites()).isEmpty();

        operator.collections("products_v2");
        assertTimeout(SECONDS, () -> operator.objects().awaitReady("products", "products_v2"));

        assertThat(operator.milvus().journal().aliasWrites()).extracting("rpc").isNotEmpty()
                .containsOnly(Rpc.ALTER_ALIAS);
    }

    @Test
    void aCollectionThatIsNotLoadedIsSaidToAnswerNoSearches() {
        operator.milvus().state().createCollection("default", "products_v1");

        operator.objects().alias("products", "products_v1");
        operator.objects().awaitReady("products", "products_v1");

        assertThat(operator.objects().condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.False, Condition::status)
                .returns(Reason.CollectionNotLoaded.name(), Condition::reason)
                .returns("products_v1 is not loaded, so that searches fail", Condition::message);
    }
}
