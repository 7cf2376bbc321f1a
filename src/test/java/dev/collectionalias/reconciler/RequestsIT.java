package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What annotations ask for is done once, or refused with a reason. */
class RequestsIT extends AliasStage {

    @BeforeEach
    void anAliasThatIsSeldomLookedAt() {
        operator.collections("products_v1", "products_v2");
        objects.aliasWith("products", "{alias: products, collection: products_v1, refreshInterval: 5m}");
        objects.awaitReady("products", "products_v1");
    }

    @Test
    void reconcileRequestedLooksAtOnce() {
        state.setAlias("default", "products", "products_v2");

        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "2026-01-01T00:00:00Z");

        assertTimeout(Duration.ofSeconds(5),
                () -> AliasObjects.await("the drift is corrected",
                        () -> assertThat(state.target("default", "products"))
                                .contains("products_v1")));
        AliasObjects.await("the request is remembered",
                () -> assertThat(objects.get("products").getStatus().handledRequests())
                        .isEqualTo(Map.of("reconcile-requested-at", "2026-01-01T00:00:00Z")));
    }

    @Test
    void requestForAnotherGenerationIsIgnoredOnce() {
        objects.annotate("products", Api.RETRY, "7");

        AliasObjects.await("the request is answered", () -> assertThat(ignored()).hasSize(1));
        assertThat(ignored()).containsExactly("retry \"7\" is ignored: it is not for generation 1");

        objects.annotate("products", Api.RECONCILE_REQUESTED_AT, "another pass");
        AliasObjects.await("another pass is over",
                () -> assertThat(objects.get("products").getStatus().handledRequests())
                        .containsEntry("reconcile-requested-at", "another pass"));

        assertThat(ignored()).hasSize(1);
        objects.awaitReady("products", "products_v1");
    }

    private List<String> ignored() {
        return objects.events("products").stream()
                .filter(event -> event.getReason().equals(Reason.RequestIgnored.name()))
                .map(event -> event.getMessage()).toList();
    }
}
