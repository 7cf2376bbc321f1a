package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Faults.Hang;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Milvus or the API server is away for a while: it is said, nothing is lost, and nobody has to do anything after. */
class OutageIT extends AliasStage {

    /** A deadline of 3 s for the call that notices, and a little. */
    private static final Duration NOTICED = Duration.ofSeconds(10);
    private static final Duration RESUMED = Duration.ofSeconds(20);

    @BeforeEach
    void anAliasInUse() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5m}");
        objects.awaitReady("products", "products_v1");
    }

    @Test
    void milvusIsAwayWhileAnAliasIsApplied() {
        milvus.refuseConnections();

        objects.alias("reviews", "products_v1");
        assertNoticed("reviews");
        milvus.acceptConnections();

        assertTimeout(RESUMED, () -> objects.awaitReady("reviews", "products_v1"));
    }

    @Test
    void milvusIsAwayWhileAnAliasIsSwitched() {
        milvus.refuseConnections();

        objects.point("products", "products_v2");
        assertNoticed("products");

        assertThat(objects.get("products").getStatus().active().collection()).isEqualTo("products_v1");
        assertThat(objects.get("products").getStatus().owned()).isTrue();
        assertThat(objects.condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.Unknown, Condition::status);
        assertThat(state.target("default", "products")).contains("products_v1");
        milvus.acceptConnections();

        assertTimeout(RESUMED, () -> objects.awaitReady("products", "products_v2"));
        assertThat(objects.condition("products", ConditionType.Serving)).get()
                .returns(ConditionStatus.True, Condition::status);
    }

    @Test
    void milvusIsAwayWhileAnAliasIsDeleted() {
        milvus.refuseConnections();

        objects.delete("products");
        assertNoticed("products");

        assertThat(state.target("default", "products")).contains("products_v1");
        milvus.acceptConnections();

        assertTimeout(RESUMED, () -> objects.awaitGone("products"));
        assertThat(state.target("default", "products")).isEmpty();
    }

    @Test
    void answerToTheSwitchIsLost() {
        milvus.faults().on(Rpc.ALTER_ALIAS).times(1).loseAnswer();

        objects.point("products", "products_v2");

        CollectionAlias ready = objects.awaitReady("products", "products_v2");
        assertThat(ready.getStatus().previous().collection()).isEqualTo("products_v1");
        assertThat(state.target("default", "products")).contains("products_v2");
    }

    @Test
    void answerToTheCreationIsLost() {
        milvus.faults().on(Rpc.CREATE_ALIAS).times(1).loseAnswer();

        objects.alias("reviews", "products_v1");

        CollectionAlias ready = objects.awaitReady("reviews", "products_v1");
        assertThat(ready.getStatus().owned()).isTrue();
        assertThat(ready.getStatus().history()).extracting("cause").containsExactly("Created");
    }

    @Test
    void callThatHangsEndsWithTheAliasOwnDeadline() {
        objects.patchSpec("products", "{timeout: 500ms}");
        objects.patchConnection("default", "{timeouts: {rpc: 10m}}");
        objects.awaitReady("products", "products_v1");
        try (Hang hang = milvus.faults().on(Rpc.ALTER_ALIAS).hang()) {
            objects.point("products", "products_v2");
            hang.awaitCall();

            assertTimeout(Duration.ofSeconds(5), () -> assertThat(
                    objects.awaitReason("products", Reason.ConnectionFailed).message())
                    .isEqualTo("alterAlias products: no answer in the time given"));
        }
        milvus.faults().clear();

        assertTimeout(RESUMED, () -> objects.awaitReady("products", "products_v2"));
    }

    @Test
    void serverThatIsRateLimitedOrFailsIsTriedAgain() {
        milvus.faults().on(Rpc.ALTER_ALIAS).times(3).fail(8, "request is rejected: quota exceeded");

        objects.point("products", "products_v2");

        assertThat(objects.awaitReason("products", Reason.RateLimited).message())
                .isEqualTo("alterAlias products: request is rejected: quota exceeded");
        assertThat(objects.condition("products", ConditionType.Reconciling)).isPresent();
        objects.awaitReady("products", "products_v2");
    }

    @Test
    void whatAQuotaForbidsWaitsForSomebodyAndGoesOnByItself() {
        milvus.faults().on(Rpc.ALTER_ALIAS).fail(9,
                "quota exceeded[reason=access has been disabled by the administrator]");

        objects.point("products", "products_v2");

        assertThat(objects.awaitReason("products", Reason.QuotaExceeded).message()).startsWith(
                "alterAlias products: quota exceeded[reason=access has been disabled by the administrator]; a quota");
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
        milvus.faults().clear();
        objects.awaitReady("products", "products_v2");
    }

    @Test
    void apiServerIsRestarted() {
        operator.controlPlane().stopApiServer();
        operator.controlPlane().startApiServer();

        objects.point("products", "products_v2");
        objects.awaitReady("products", "products_v2");
        objects.delete("products");
        objects.awaitGone("products");

        assertThat(state.target("default", "products")).isEmpty();
    }

    private void assertNoticed(String name) {
        assertTimeout(NOTICED, () -> objects.awaitReason(name, Reason.ConnectionFailed));
        assertThat(objects.condition(name, ConditionType.Reconciling)).isPresent();
        assertThat(objects.condition(name, ConditionType.Stalled)).isEmpty();
    }
}
