package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two writers that correct each other would never end, and searches would flap between them. */
class ContestIT extends AliasStage {

    private static final int CORRECTIONS = 5;

    @BeforeEach
    void anAliasThatWasCorrectedAgainAndAgain() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5m}");
        objects.awaitReady("products", "products_v1");
        for (int i = 1; i <= CORRECTIONS; i++) {
            moveAway("move-" + i);
            int corrections = i;
            AliasObjects.await("correction " + i, () -> assertThat(objects.get("products").getStatus().corrections())
                    .hasSize(corrections));
            if (i < CORRECTIONS) {
                objects.awaitReady("products", "products_v1");
            }
        }
        objects.awaitReason("products", Reason.OwnershipContested);
        assertThat(state.target("default", "products")).contains("products_v1");
        moveAway("one too many");
    }

    @Test
    void theOperatorGivesUpAndSaysWhatToDo() {
        AliasObjects.await("it says where the alias is", () -> assertThat(
                objects.awaitReason("products", Reason.OwnershipContested).message())
                .startsWith("somebody else moved alias products from products_v1 to products_v2")
                .endsWith("again and again; stop the other writer, then annotate collectionalias.dev/retry=1"));
        assertThat(objects.condition("products", ConditionType.Stalled)).isPresent();
        assertThat(objects.condition("products", ConditionType.InSync)).get()
                .returns(ConditionStatus.False, Condition::status);
        assertThat(state.target("default", "products")).contains("products_v2");

        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "another look");
        AliasObjects.await("the look is over", () -> assertThat(objects.get("products").getStatus().handledRequests())
                .containsEntry("reconcile-requested-at", "another look"));
        assertThat(state.target("default", "products")).contains("products_v2");
    }

    @Test
    void retryLeavesTheContest() {
        objects.awaitReason("products", Reason.OwnershipContested);

        objects.annotate("products", Api.RETRY, "1");

        objects.awaitReady("products", "products_v1");
        assertThat(state.target("default", "products")).contains("products_v1");
        moveAway("after the contest");
        AliasObjects.await("it is corrected again",
                () -> assertThat(state.target("default", "products")).contains("products_v1"));
    }

    private void moveAway(String request) {
        state.setAlias("default", "products", "products_v2");
        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, request);
    }
}
