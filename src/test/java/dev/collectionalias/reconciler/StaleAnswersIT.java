package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Proof;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.metrics.Metric;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.AliasStage;
import dev.collectionalias.support.Faults;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.SdkClients;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.vector.request.QueryReq;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** A proxy that remembers the collection before a switch is found, made to forget, and counted. */
class StaleAnswersIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;

    /** A search that looks the old collection up before the switch and its shards after leaves the old shards there. */
    @Nested
    class WhereProxiesRememberShardsByTheAlias extends Stage {

        WhereProxiesRememberShardsByTheAlias() {
            super("v2.6.20");
        }

        @Test
        void aSwitchThatNobodyMayConfirmIsSeenToLeaveSearchesBehind() throws Exception {
            created("confirmation: Never");

            switchedDuringASearch();

            awaitProof(proof -> assertThat(proof.stale()).isEqualTo(3));
            objects.awaitEvent("products", Reason.StaleAnswers,
                    "3 of 3 answers through alias products came from v1, not from v2");
            assertThat(staleAnswers()).isGreaterThanOrEqualTo(3);
            objects.awaitReady("products", "v2");

            objects.patchSpec("products", "{cutover: {confirmation: Auto}}");

            awaitProof(proof -> assertThat(proof.answered()).isEqualTo(3));
            AliasObjects.await("it is confirmed",
                    () -> assertThat(objects.condition("products", ConditionType.Confirmed)).isEmpty());
        }

        @Test
        void aConfirmedSwitchIsProvedAtOnce() throws Exception {
            created("confirmation: Auto");

            switchedDuringASearch();

            awaitProof(proof -> assertThat(proof.answered()).isEqualTo(3));
            assertThat(staleAnswers()).isZero();
        }
    }

    @Nested
    class WhereASwitchIsSentAgain extends Stage {

        WhereASwitchIsSentAgain() {
            super("v2.3.5");
        }

        @Test
        void aProxyThatMissedTheSwitchIsFoundAndCured() {
            cured();
        }
    }

    /** If all is as it is thought to be, no proxy of such a server misses a switch. */
    @Nested
    class WhereNothingIsNeeded extends Stage {

        WhereNothingIsNeeded() {
            super("v3.0.0");
        }

        @Test
        void aProxyThatMissedTheSwitchIsFoundAndCured() {
            cured();
        }
    }

    /** An alias at v1, which has other rows than v2. */
    abstract static class Stage extends AliasStage {

        Stage(String version) {
            super(new InProcessMilvus(version));
        }

        void created(String cutover) {
            operator.collections("v1", "v2");
            state.setRows(DB, "v1", 5);
            state.setRows(DB, "v2", 9);
            objects.aliasWith("products",
                    "{alias: products, collection: v1, refreshInterval: 5s, cutover: {proof: Auto, %s}}"
                            .formatted(cutover));
            objects.awaitReady("products", "v1");
        }

        /** One that looked the alias up just before. */
        void switchedDuringASearch() throws InterruptedException {
            MilvusClientV2 application = SdkClients.of(milvus, 60_000);
            try (Faults.Hang search = milvus.proxy().holdNextSearch()) {
                Thread searching = Thread.ofVirtual().start(() -> application
                        .query(QueryReq.builder().collectionName("products").filter("id in [1]").limit(1)
                                .outputFields(List.of()).build()));
                search.awaitCall();
                objects.point("products", "v2");
                AliasObjects.await("it is switched", () -> assertThat(state.target(DB, "products")).contains("v2"));
                search.close();
                searching.join();
            } finally {
                application.close();
            }
        }

        /** The proxy takes the alias for the old collection once the operator begins to ask, whatever came before. */
        void cured() {
            created("confirmation: Auto");
            milvus.faults().on(Rpc.ALTER_ALIAS).times(1).after(() -> milvus.faults().on(Rpc.QUERY).times(1)
                    .before(() -> state.rememberInProxy(DB, "products", "v1")));

            objects.point("products", "v2");

            objects.awaitEvent("products", Reason.StaleAnswers,
                    "3 of 3 answers through alias products came from v1, not from v2");
            objects.awaitReady("products", "v2");
            awaitProof(proof -> assertThat(proof.answered()).isEqualTo(3));
            assertThat(staleAnswers()).isEqualTo(3);
            assertThat(objects.condition("products", ConditionType.Confirmed)).isEmpty();
        }

        void awaitProof(Consumer<Proof> expected) {
            AliasObjects.await("the proof", () -> {
                Proof proof = objects.get("products").getStatus().active().proof();
                assertThat(proof).isNotNull();
                assertThat(proof.asked()).isNotNull();
                expected.accept(proof);
            });
        }

        double staleAnswers() {
            return operator.scrape().value(Metric.STALE_ANSWERS.key(), "name=\"products\"").orElseThrow();
        }
    }
}
