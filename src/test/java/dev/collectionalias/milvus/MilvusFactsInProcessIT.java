package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Loading.Stage;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.Faults;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.Rpc;
import dev.collectionalias.support.RpcCall;
import org.junit.jupiter.api.Test;

class MilvusFactsInProcessIT extends MilvusFactsContract {

    private static final int TOO_LITTLE_MEMORY = 3;
    private static final int NO_SHARD_LEADER = 503;
    private static final int QUOTA_EXCEEDED = 9;
    private static final int INVALID_PARAMETER = 1100;
    private static final Duration SLOW = Duration.ofMillis(150);

    private InProcessMilvus inProcess;

    @Override
    MilvusServer server() {
        inProcess = new InProcessMilvus();
        return inProcess;
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }

    @Test
    void aLoadingCollectionSaysHowFarItIs() {
        inProcess.state().setLoadedPercent(DB, v1, 40);

        assertThat(milvus.loading(DB, v1)).isEqualTo(new Loading(Stage.LOADING, 40, ""));
        assertThat(milvus.isLoaded(DB, v1)).isFalse();
        assertThat(milvus.rowCount(DB, v1)).isEqualTo(new RowCount(0, false));
    }

    /** No server that the tests can start has structs, or several nodes. */
    @Test
    void eachPartOfAStructIsAFieldWithAMetricOfItsOwn() {
        String structs = v1 + "_structs";
        collections.create(DB, structs, CollectionShape.PLAIN.withPartDimension(8), 0);
        inProcess.state().setMetric(DB, structs, "MAX_SIM");

        assertThat(milvus.schema(DB, structs).orElseThrow().field("structs[part]"))
                .contains(new Schema.Field("structs[part]", "FloatVector", Optional.of(8), false, false,
                        Optional.of("MAX_SIM_COSINE")));
    }

    @Test
    void aCollectionIsLoadedIntoTheGroupsOfAnother() {
        inProcess.state().setNodes("one", 2);
        inProcess.state().setNodes("two", 1);
        for (List<String> groups : List.of(List.of("one", "one", "two"), List.of("one", "one"), List.of("two"))) {
            milvus.load(DB, v1, groups);

            assertThat(milvus.replicas(DB, v1)).isEqualTo(new Replicas.Known(groups));
            milvus.release(DB, v1);
        }
    }

    @Test
    void aServerThatFailsToTellReplicasSaysWhy() {
        inProcess.faults().on(Rpc.GET_REPLICAS).times(1).fail(65535, "querycoord is not ready");

        assertThat(milvus.replicas(DB, v1))
                .isEqualTo(new Replicas.Untold("getReplicas " + v1 + ": querycoord is not ready"));
    }

    @Test
    void oneThatFailedToLoadSaysWhy() {
        inProcess.faults().on(Rpc.GET_LOAD_STATE).times(1).fail(TOO_LITTLE_MEMORY, "memory limit exceeded");

        assertThat(milvus.loading(DB, v1))
                .isEqualTo(new Loading(Stage.NOT_LOADED, 0, "getLoadState " + v1 + ": memory limit exceeded"));
    }

    @Test
    void oneThatIsLoadedAndDoesNotAnswerSaysWhy() {
        collections.load(DB, v1);
        inProcess.faults().on(Rpc.QUERY).times(1).fail(NO_SHARD_LEADER, "no available shard delegator found");

        assertThat(milvus.loading(DB, v1)).isEqualTo(
                new Loading(Stage.LOADED, 100, "query " + v1 + ": no available shard delegator found"));
        assertThat(milvus.loading(DB, v1)).isEqualTo(Loading.SEARCHABLE);
    }

    /** Reads may be forbidden where the alias may be moved, so that it is a gate's matter, as any other failure of a search. */
    @Test
    void oneThatNobodyMaySearchNowSaysSo() {
        collections.create(DB, v1 + "_rows", 10);
        collections.load(DB, v1 + "_rows");
        collections.load(DB, v1);
        inProcess.faults().on(Rpc.QUERY).times(1).fail(QUOTA_EXCEEDED, "quota exceeded[reason=manually force deny]");

        assertThat(milvus.loading(DB, v1)).isEqualTo(
                new Loading(Stage.LOADED, 100, "query " + v1 + ": quota exceeded[reason=manually force deny]"));

        inProcess.faults().on(Rpc.SEARCH).times(1).fail(QUOTA_EXCEEDED, "quota exceeded[reason=manually force deny]");

        assertThat(milvus.trySearch(DB, v1 + "_rows", v1, new Cutover.Search(null, null, null, null, null)))
                .isEqualTo(new SearchTrial.NotYet(
                        "search " + v1 + "_rows: quota exceeded[reason=manually force deny]"));
    }

    @Test
    void aProofIsAskedForOverConnectionsOfItsOwn() {
        provable();
        int before = inProcess.connectionsMade();
        int calls = inProcess.journal().all().size();

        AliasProof proof = prove();

        assertThat(proof).isInstanceOfSatisfying(AliasProof.Asked.class,
                asked -> assertThat(asked.answered()).isEqualTo(3));
        assertThat(inProcess.journal().all().stream().skip(calls).map(RpcCall::rpc)).containsExactly(
                Rpc.DESCRIBE_COLLECTION, Rpc.DESCRIBE_COLLECTION, Rpc.GET_LOAD_STATE, Rpc.QUERY, Rpc.QUERY,
                Rpc.CONNECT, Rpc.QUERY, Rpc.CONNECT, Rpc.QUERY, Rpc.CONNECT, Rpc.QUERY);
        assertThat(inProcess.connectionsMade() - before).isEqualTo(3);
        await().untilAsserted(() -> assertThat(inProcess.openConnections()).hasSize(1));
    }

    /** The answer is no stale one, and the next row tells the two apart as well. */
    @Test
    void aRowThatSomebodyDeletesMeanwhileIsNoWitness() {
        provable();
        inProcess.faults().when(this::goesThroughTheAlias).times(1)
                .before(() -> inProcess.state().setFirstKey(DB, v2, 1001));

        assertThat(prove()).isInstanceOfSatisfying(AliasProof.Asked.class,
                asked -> assertThat(asked).extracting("asked", "answered", "stale").containsExactly(3, 3, 0));
    }

    @Test
    void aStaleAnswerCountsThoughTheNextOneFails() {
        provable();
        milvus.alterAlias(DB, alias, v1);
        inProcess.faults().when(this::goesThroughTheAlias).times(1).after(() -> inProcess.faults()
                .when(this::goesThroughTheAlias).fail(NO_SHARD_LEADER, "no available shard delegator found"));

        assertThat(prove()).isInstanceOfSatisfying(AliasProof.Asked.class,
                asked -> assertThat(asked).extracting("asked", "answered", "stale").containsExactly(1, 0, 1));
        inProcess.faults().clear();
    }

    @Test
    void aServerThatRefusesAQueryQuotesNoKey() {
        provable();
        inProcess.faults().when(this::goesThroughTheAlias).times(1).fail(INVALID_PARAMETER,
                "cannot parse expression: id in [1000]");

        assertThat(prove()).isEqualTo(new AliasProof.NoWitness(
                "the server did not answer a query of a few rows (INVALID_REQUEST)"));
    }

    @Test
    void twoSwitchesAreProvedAtATimeAndTheNextOneLater() {
        provable();
        try (Faults.Hang hang = inProcess.faults().when(this::goesThroughTheAlias).hang();
                ExecutorService others = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<AliasProof> one = others.submit(this::prove);
            Future<AliasProof> two = others.submit(this::prove);
            await().untilAsserted(() -> assertThat(
                    inProcess.journal().all().stream().filter(this::goesThroughTheAlias)).hasSize(2));

            assertThat(prove()).isEqualTo(
                    new AliasProof.Unanswered("other switches are being proved on this server"));

            hang.close();
            assertThat(List.of(one, two)).allSatisfy(
                    proof -> assertThat(proof.get()).isInstanceOf(AliasProof.Asked.class));
        }
    }

    private boolean goesThroughTheAlias(RpcCall call) {
        return call.rpc() == Rpc.QUERY && call.collection().equals(alias);
    }

    private void provable() {
        inProcess.state().setRows(DB, v1, 10);
        inProcess.state().setRows(DB, v2, 10);
        inProcess.state().setFirstKey(DB, v2, 1000);
        collections.load(DB, v1);
        collections.load(DB, v2);
        milvus.createAlias(DB, alias, v2);
    }

    private AliasProof prove() {
        return milvus.proveSwitch(DB, alias, new CollectionState(v2, "2", true), v1);
    }

    @Test
    void aTrialThatFailsIsNoTrial() {
        collections.create(DB, v1 + "_rows", 10);
        collections.load(DB, v1 + "_rows");
        collections.load(DB, v1);
        inProcess.faults().on(Rpc.SEARCH).times(1).fail(NO_SHARD_LEADER, "no available shard delegator found");

        assertThat(milvus.trySearch(DB, v1 + "_rows", v1, new Cutover.Search(null, null, null, null, null)))
                .isEqualTo(new SearchTrial.NotYet(
                        "search " + v1 + "_rows: no available shard delegator found"));
    }

    @Test
    void latenciesAreMeasuredAtOnceIfNobodyAsksForALimit() {
        searchedSlowlyAtFirst();

        assertThat(trial(new Cutover.Search(5, 1, null, null, null)).candidateLatency()).isGreaterThanOrEqualTo(SLOW);
    }

    @Test
    void withALimitTheFirstSearchOfEachVectorIsNotMeasured() {
        searchedSlowlyAtFirst();

        SearchTrial.Searched trial = trial(new Cutover.Search(5, 1, null, null, 200));

        assertThat(trial.samples()).isEqualTo(5);
        assertThat(trial.activeHits()).isEqualTo(5);
        assertThat(trial.candidateLatency()).isLessThan(SLOW);
        assertThat(inProcess.journal().of(Rpc.SEARCH)).hasSize(20);
    }

    @Test
    void aCandidateThatStaysSlowIsMeasuredSo() {
        collections.create(DB, v1 + "_rows", 10);
        collections.load(DB, v1 + "_rows");
        collections.load(DB, v1);
        inProcess.faults().when(call -> call.rpc() == Rpc.SEARCH && call.collection().equals(v1)).delay(SLOW);

        SearchTrial.Searched trial = trial(new Cutover.Search(3, 1, null, null, 200));

        assertThat(trial.candidateLatency()).isGreaterThanOrEqualTo(SLOW);
        assertThat(trial.activeLatency()).isLessThan(SLOW);
    }

    /** As one whose data comes into memory with the first search. */
    private void searchedSlowlyAtFirst() {
        collections.create(DB, v1 + "_rows", 10);
        collections.load(DB, v1 + "_rows");
        collections.load(DB, v1);
        inProcess.faults().when(call -> call.rpc() == Rpc.SEARCH && call.collection().equals(v1)).times(5).delay(SLOW);
    }

    private SearchTrial.Searched trial(Cutover.Search spec) {
        inProcess.journal().clear();
        return (SearchTrial.Searched) milvus.trySearch(DB, v1 + "_rows", v1, spec);
    }

    @Test
    void aServerThatAnswersQueriesAndRefusesSearchesIsNotTakenForOneThatServes() {
        searchedThroughTheAlias(CollectionShape.PLAIN);
        inProcess.faults().on(Rpc.SEARCH).times(1).fail(NO_SHARD_LEADER, "no available shard delegator found");

        assertThat(milvus.loading(DB, alias)).isEqualTo(Loading.SEARCHABLE);
        assertThat(milvus.tryAlias(DB, alias)).isEqualTo(new AliasTrial.Refused(AliasTrial.Call.SEARCH,
                "search " + alias + ": no available shard delegator found"));
    }

    /** Somebody may have loaded the collection without the first one. */
    @Test
    void anotherVectorFieldIsSearchedIfTheServerRefusesTheFirst() {
        searchedThroughTheAlias(CollectionShape.PLAIN.withVectors("title", "body"));
        inProcess.faults().on(Rpc.SEARCH).times(1).fail(NO_SHARD_LEADER, "field title is not loaded");
        assertThat(milvus.tryAlias(DB, alias)).isEqualTo(new AliasTrial.Searched());

        inProcess.faults().on(Rpc.SEARCH).times(1).fail(NO_SHARD_LEADER, "field title is not loaded");
        inProcess.faults().on(Rpc.SEARCH).times(2).fail(NO_SHARD_LEADER, "no shards");
        assertThat(milvus.tryAlias(DB, alias)).isEqualTo(new AliasTrial.Refused(AliasTrial.Call.SEARCH,
                "search " + alias + ": field title is not loaded"));
    }

    @Test
    void aCollectionThatNobodyCanSearchIsQueried() {
        searchedThroughTheAlias(CollectionShape.PLAIN.withVectors());
        assertThat(milvus.tryAlias(DB, alias))
                .isEqualTo(new AliasTrial.Queried("the collection has no vector field"));

        inProcess.faults().on(Rpc.QUERY).times(1).fail(NO_SHARD_LEADER, "no shards");
        assertThat(milvus.tryAlias(DB, alias))
                .isEqualTo(new AliasTrial.Refused(AliasTrial.Call.QUERY, "query " + alias + ": no shards"));
    }

    /** The operator's vector may not suit the collection. That says nothing against the collection. */
    @Test
    void aCollectionThatDoesNotTakeTheVectorIsQueried() {
        searchedThroughTheAlias(CollectionShape.PLAIN);
        inProcess.faults().on(Rpc.SEARCH).times(1).fail(INVALID_PARAMETER, "name a namespace");

        assertThat(milvus.tryAlias(DB, alias))
                .isEqualTo(new AliasTrial.Queried("search " + alias + ": name a namespace"));
    }

    private void searchedThroughTheAlias(CollectionShape shape) {
        collections.create(DB, v1 + "_rows", shape, 10);
        collections.load(DB, v1 + "_rows");
        milvus.createAlias(DB, alias, v1 + "_rows");
    }
}
