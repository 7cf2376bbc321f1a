package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.SdkClients;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.exception.ErrorCode;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a Milvus Lite that was started again has of a collection that could be searched before: one that has an index is released,
 * which nobody asked for, and its refusals have a code that the SDK can't read without {@link ReadableStatus}.
 */
class RestartedLiteE2E extends MilvusUnderContract {

    private static final int ROWS = 10;
    private static final String REFUSAL = "Collection '%s' is in state 'released'";

    private MilvusClientV2 sdk;

    @Override
    MilvusServer server() {
        return new MilvusLite();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
    }

    @BeforeAll
    void connectWithTheSdkAlone() {
        sdk = SdkClients.of(server, 10_000);
    }

    @AfterAll
    void closeTheSdk() {
        sdk.close();
    }

    @Test
    void anIndexedCollectionIsNotLoadedAnyMoreAndStillCounted() {
        String rows = searchable("rows");
        assertThat(milvus.rowCount(DB, rows)).isEqualTo(new RowCount(ROWS, true));

        restart();

        assertThat(milvus.isLoaded(DB, rows)).isFalse();
        assertThat(milvus.loading(DB, rows)).isEqualTo(Loading.NOT_LOADED);
        assertThat(milvus.rowCount(DB, rows)).isEqualTo(new RowCount(ROWS, false));
        assertThat(count(rows)).as("the server counts what it does not search").isEqualTo((long) ROWS);
    }

    @Test
    void anAliasOfItIsNotLoadedEither() {
        String rows = searchable("rows");
        milvus.createAlias(DB, alias, rows);

        restart();

        assertThat(milvus.describeAlias(DB, alias)).contains(rows);
        assertThat(milvus.loading(DB, alias)).isEqualTo(Loading.NOT_LOADED);
        milvus.load(DB, rows);
        await().untilAsserted(() -> assertThat(milvus.loading(DB, alias)).isEqualTo(Loading.SEARCHABLE));
    }

    @Test
    void oneWithoutAnIndexIsStillLoaded() {
        String bare = v1 + "_bare";
        collections.create(DB, bare, CollectionShape.PLAIN.withoutIndex(), ROWS);

        restart();

        assertThat(milvus.loading(DB, bare)).isEqualTo(Loading.SEARCHABLE);
    }

    @Test
    void aRefusedSearchHasItsCodeAndItsWords() {
        String rows = searchable("rows");

        restart();

        assertThatThrownBy(() -> search(rows)).satisfies(refusal -> assertRefused(rows, refusal));
        assertThatThrownBy(() -> query(rows)).satisfies(refusal -> assertRefused(rows, refusal));
    }

    private static void assertRefused(String collection, Throwable refusal) {
        assertThat(refusal).hasMessageContaining(REFUSAL.formatted(collection));
        assertThat(((MilvusException) refusal).kind()).isEqualTo(Kind.NOT_LOADED);
    }

    /** As if it were released between the look at it and the search: the look is at one of another database. */
    @Test
    void aTrialSearchSaysWhyItWasRefused() {
        String rows = searchable("rows");
        String other = alias + "_db";
        collections.createDatabase(other);

        restart();
        collections.create(other, rows, ROWS);
        collections.load(other, rows);

        ServerCalls calls = new ServerCalls(client, Duration.ofSeconds(10), ServerCalls.PERMITTED).in(DB);
        TrialSearch trial = new TrialSearch(calls, new LoadStates(calls.in(other)), new CollectionSchemas(calls),
                new Cutover.Search(5, 1, null, null, null));
        assertThat(trial.of(rows, rows)).isInstanceOfSatisfying(SearchTrial.NotYet.class,
                notYet -> assertThat(notYet.why()).contains(REFUSAL.formatted(rows)));
    }

    /** What {@link ReadableStatus} is for. Where this fails, it may be that it is not needed any more. */
    @Test
    void theSdkAloneLosesBoth() {
        String rows = searchable("rows");

        restart();

        assertThatThrownBy(() -> sdk.search(searchFor(rows)))
                .isInstanceOfSatisfying(MilvusClientException.class,
                        e -> assertThat(e.getErrorCode()).isEqualTo(ErrorCode.CLIENT_ERROR))
                .hasMessageNotContaining("released");
    }

    @Test
    void theMetricIsFoundWhateverTheIndexIsCalled() {
        String named = v1 + "_named";
        CollectionShape shape = CollectionShape.PLAIN.withoutIndex();
        collections.create(DB, named, shape, ROWS);
        sdk.createIndex(CreateIndexReq.builder().collectionName(named).sync(false)
                .indexParams(List.of(IndexParam.builder().fieldName(CollectionShape.VECTOR).indexName("by_meaning")
                        .indexType(IndexParam.IndexType.FLAT).metricType(IndexParam.MetricType.COSINE).build()))
                .build());
        assertThat(metric(named)).isEqualTo("COSINE");

        restart();

        assertThat(metric(named)).isEqualTo("COSINE");
    }

    private String metric(String collection) {
        return milvus.schema(DB, collection).orElseThrow().field(CollectionShape.VECTOR).orElseThrow().metric()
                .orElseThrow();
    }

    private String searchable(String name) {
        String collection = v1 + "_" + name;
        collections.create(DB, collection, ROWS);
        milvus.load(DB, collection);
        await().untilAsserted(() -> assertThat(milvus.loading(DB, collection)).isEqualTo(Loading.SEARCHABLE));
        return collection;
    }

    /** Returns when the client is connected again, too. */
    private void restart() {
        server.restart();
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(MilvusException.class)
                .until(() -> milvus.databases().contains(DB));
    }

    private void search(String collection) {
        calls().call("search " + collection, client -> client.search(searchFor(collection)));
    }

    private static SearchReq searchFor(String collection) {
        return SearchReq.builder().collectionName(collection).annsField(CollectionShape.VECTOR)
                .data(List.of(new FloatVec(new float[]{1, 0, 0, 0}))).limit(1).build();
    }

    private void query(String collection) {
        calls().call("query " + collection, client -> client.query(QueryReq.builder().collectionName(collection)
                .outputFields(List.of(CollectionShape.KEY)).limit(1).build()));
    }

    private Object count(String collection) {
        return calls().call("query " + collection, client -> client.query(QueryReq.builder().collectionName(collection)
                .outputFields(List.of("count(*)")).build())).getQueryResults().getFirst().getEntity().get("count(*)");
    }

    private ServerCalls calls() {
        return new ServerCalls(client, Duration.ofSeconds(10), ServerCalls.PERMITTED);
    }
}
