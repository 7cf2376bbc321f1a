package dev.collectionalias.reconciler;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;

import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Faults.Hang;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.NameServer;
import dev.collectionalias.support.NotAMilvus;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server that is dead is the problem of its own aliases, and of nobody else's. */
class DeadAddressIsolationIT extends AliasStage {

    /** More than any pool of threads that a default would give. */
    private static final int MANY = 80;
    /** Less than the dead servers' deadlines. */
    private static final Duration NOT_DELAYED = Duration.ofSeconds(5);

    @BeforeEach
    void aHealthyServer() {
        operator.collections("products_v1", "products_v2");
    }

    @Test
    void addressesThatDoNotAnswerDelayNobodyElse() {
        try (NotAMilvus silent = NotAMilvus.silent()) {
            for (int i = 0; i < MANY; i++) {
                objects.connection("dead-" + i,
                        "{uri: 'http://%s', timeouts: {connect: 8s, rpc: 8s}}".formatted(silent.address()));
                aliasOn("dead-" + i, "products" + i);
            }

            assertAnAliasIsServed();
        }
    }

    @Test
    void namesThatNobodyAnswersForDelayNobodyElse() {
        try (NameServer names = new NameServer()) {
            for (int i = 0; i < MANY; i++) {
                objects.connection("dead-" + i, "{uri: 'http://%s:19530', timeouts: {connect: 30s, rpc: 8s}}"
                        .formatted(names.slowHost("milvus-" + i)));
                aliasOn("dead-" + i, "products" + i);
            }
            await().atMost(Duration.ofSeconds(30)).until(() -> names.waiting() == MANY);

            assertAnAliasIsServed();
        }
    }

    @Test
    void callsThatHangDelayNobodyElse() {
        try (InProcessMilvus hanging = new InProcessMilvus()) {
            Hang hang = startHanging(hanging);
            for (int i = 0; i < MANY; i++) {
                aliasOn("hanging", "products" + i);
            }
            hang.awaitCall();

            assertAnAliasIsServed();
        }
    }

    /** As staging and production have: the same names on two servers. */
    @Test
    void callThatHangsDoesNotDelayTheAliasOfTheSameNameOnAnotherServer() {
        try (InProcessMilvus hanging = new InProcessMilvus()) {
            Hang hang = startHanging(hanging);
            aliasOn("hanging", "products");
            hang.awaitCall();

            assertAnAliasIsServed();
        }
    }

    private Hang startHanging(InProcessMilvus hanging) {
        hanging.start();
        Hang hang = hanging.faults().on(Rpc.DESCRIBE_ALIAS).hang();
        objects.connection("hanging", "{uri: '%s', timeouts: {connect: 2s, rpc: 8s}}".formatted(hanging.uri()));
        return hang;
    }

    private void aliasOn(String connection, String alias) {
        objects.aliasWith(alias + "-on-" + connection, "{alias: %s, collection: products_v1, connectionRef: {name: %s}}"
                .formatted(alias, connection));
    }

    private void assertAnAliasIsServed() {
        assertTimeout(NOT_DELAYED, () -> {
            objects.alias("products", "products_v1");
            objects.awaitReady("products", "products_v1");
            objects.point("products", "products_v2");
            objects.awaitReady("products", "products_v2");
        });
    }
}
