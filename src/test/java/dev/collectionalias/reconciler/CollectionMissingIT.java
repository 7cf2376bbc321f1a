package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that is not there yet is waited for, and nobody who searches notices. */
@ParameterizedClass
@ValueSource(strings = {"v3.0.0", "v2.6.20", "v2.3.5"})
class CollectionMissingIT extends AliasStage {

    private static final Duration SECONDS = Duration.ofSeconds(5);

    CollectionMissingIT(String version) {
        super(new InProcessMilvus(version));
    }

    @Test
    void aNewAliasWaitsForItsCollection() {
        objects.alias("products", "products_v1");

        Condition ready = objects.awaitReason("products", Reason.CollectionNotFound);

        assertThat(ready.message()).isEqualTo("collection products_v1 does not exist in database default");
        assertThat(objects.condition("products", ConditionType.Reconciling)).isPresent();
        assertThat(objects.condition("products", ConditionType.Stalled)).isEmpty();
        assertThat(milvus.journal().aliasWrites()).isEmpty();

        operator.collections("products_v1");

        assertTimeout(SECONDS, () -> objects.awaitReady("products", "products_v1"));
    }

    @Test
    void aNewAliasWaitsForItsDatabase() {
        objects.aliasWith("products", "{alias: products, collection: products_v1, database: shop}");

        Condition ready = objects.awaitReason("products", Reason.DatabaseNotFound);

        assertThat(ready.message()).contains("database").contains("shop");
        assertThat(objects.condition("products", ConditionType.Stalled)).isEmpty();

        state.createDatabase("shop");
        assertTimeout(SECONDS, () -> objects.awaitReason("products", Reason.CollectionNotFound));
        state.createCollection("shop", "products_v1");

        assertTimeout(SECONDS, () -> objects.awaitReady("products", "products_v1"));
        assertThat(state.target("shop", "products")).contains("products_v1");
    }

    @Test
    void anAliasInUseKeepsItsOldTargetMeanwhile() {
        operator.collections("products_v1");
        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");
        milvus.journal().clear();

        objects.point("products", "products_v2");
        objects.awaitReason("products", Reason.CollectionNotFound);

        assertThat(objects.condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.True, Condition::status)
                .returns("products_v1 is loaded", Condition::message);
        assertThat(objects.get("products").getStatus().active().collection()).isEqualTo("products_v1");
        assertThat(milvus.journal().aliasWrites()).isEmpty();

        operator.collections("products_v2");
        assertTimeout(SECONDS, () -> objects.awaitReady("products", "products_v2"));

        assertThat(milvus.journal().aliasWrites()).extracting("rpc").isNotEmpty()
                .containsOnly(Rpc.ALTER_ALIAS);
    }

    @Test
    void aCollectionThatIsNotLoadedIsSaidToAnswerNoSearches() {
        state.createCollection("default", "products_v1");

        objects.alias("products", "products_v1");
        objects.awaitReady("products", "products_v1");

        assertThat(objects.condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.False, Condition::status)
                .returns(Reason.CollectionNotLoaded.name(), Condition::reason)
                .returns("products_v1 is not loaded, so that searches fail", Condition::message);
    }
}
