package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.function.Supplier;

import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.ApiProxy;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.Scrape;
import dev.collectionalias.support.ShippedRole;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Each connection reads a Secret of its own, and all do when the operator starts: the API server must not be asked for all at once. */
class ManySecretsIT extends AliasStage {

    private static final int MANY = 300;
    /** Fewer than the 100 requests that a kube-apiserver takes at a time on a connection. */
    private static final int MOST_CALLS = 64;
    /** As from a control plane in another zone, so that calls meet. */
    private static final Duration FAR_AWAY = Duration.ofMillis(50);
    private static final Duration NOT_DELAYED = Duration.ofSeconds(15);
    private static final Duration WELL_UNDER_A_MINUTE = Duration.ofSeconds(40);

    private ApiProxy proxy;

    @BeforeEach
    void connectionsThatTheOperatorKnowsAlready() {
        operator.collections("products_v1", "products_v2");
        objects.alias("products", "products_v1");
        for (int i = 0; i < MANY; i++) {
            objects.userSecret("user-" + i, "root", "secret-of-user-" + i);
            objects.connection("with-secret-" + i,
                    "{uri: '%s', auth: {secretRef: {name: user-%d}}}".formatted(milvus.uri(), i));
        }
        objects.awaitReady("products", "products_v1");
        awaitAllUp(operator::scrape);
        operator.stop();
        proxy = new ApiProxy(operator.controlPlane(), ShippedRole.kubeconfig(operator.controlPlane()));
        proxy.faults().slow(FAR_AWAY);
    }

    @AfterEach
    void close() {
        proxy.close();
    }

    @Test
    void aRestartAsksForAFewAtATimeAndHoldsUpNobodyElse() {
        objects.point("products", "products_v2");

        try (OperatorUnderTest restarted = OperatorUnderTest.start(ShippedRole.clientOf(proxy.kubeconfig()),
                operator.namespace().name())) {
            assertTimeout(NOT_DELAYED, () -> objects.awaitReady("products", "products_v2"));
            assertTimeout(WELL_UNDER_A_MINUTE, () -> awaitAllUp(restarted::scrape));
        }
        assertThat(proxy.mostUnderWay()).as("calls to the API server at once").isBetween(2, MOST_CALLS);
    }

    private static void awaitAllUp(Supplier<Scrape> metrics) {
        Awaitility.await("all connections are up").atMost(Duration.ofMinutes(2))
                .until(() -> metrics.get().value("milvus_connection_up", "").orElse(0) == MANY + 1);
    }
}
