package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.CallJournal;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The operator is stopped and started: what was done stays as it is, and what was asked for meanwhile is done. */
class RestartIT extends AliasStage {

    private CallJournal journal;

    @BeforeEach
    void twoAliases() {
        journal = milvus.journal();
        operator.collections("products_v1", "products_v2");
        for (String alias : List.of("products", "reviews")) {
            objects.alias(alias, "products_v1");
            objects.awaitReady(alias, "products_v1");
        }
        operator.stop();
        journal.clear();
    }

    @Test
    void whatIsInPlaceIsLookedAtAndNotTouched() {
        CollectionAlias before = objects.get("products");
        int events = objects.events("products").size();

        operator.start();
        AliasObjects.await("both aliases were looked at",
                () -> assertThat(journal.of(Rpc.LIST_ALIASES)).isNotEmpty());
        operator.stop();

        assertThat(journal.aliasWrites()).isEmpty();
        assertThat(objects.get("products").getMetadata().getResourceVersion())
                .isEqualTo(before.getMetadata().getResourceVersion());
        assertThat(objects.events("products")).hasSize(events);
    }

    @Test
    void whatWasAskedForMeanwhileIsDone() {
        objects.point("products", "products_v2");
        objects.delete("reviews");

        operator.start();

        objects.awaitReady("products", "products_v2");
        objects.awaitGone("reviews");
        assertThat(journal.aliasWrites()).extracting("rpc").containsExactlyInAnyOrder(Rpc.ALTER_ALIAS, Rpc.DROP_ALIAS);
        assertThat(state.listAliases("default", "")).containsExactly("products");
    }

    @Test
    void aDriftMeanwhileIsCorrected() {
        state.setAlias("default", "products", "products_v2");

        operator.start();

        AliasObjects.await("the drift is corrected", () -> assertThat(objects.get("products").getStatus().history())
                .extracting("cause").containsExactly("Drift", "Created"));
        assertThat(state.target("default", "products")).contains("products_v1");
    }
}
