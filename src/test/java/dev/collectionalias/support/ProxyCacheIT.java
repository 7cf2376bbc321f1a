package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which searches find the old collection after a switch, and what helps: by release, and step by step. */
class ProxyCacheIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final Duration SECONDS = Duration.ofSeconds(20);

    private InProcessMilvus milvus;
    private RawMilvus raw;

    private void start(String version) {
        milvus = new InProcessMilvus(version);
        milvus.start();
        raw = new RawMilvus(milvus);
        for (String collection : new String[]{"old", "new"}) {
            milvus.state().createCollection(DB, collection);
            milvus.state().load(DB, collection);
            milvus.state().setRows(DB, collection, collection.equals("old") ? 1 : 2);
        }
        milvus.state().setAlias(DB, "live", "old");
    }

    @AfterEach
    void stop() {
        raw.close();
        milvus.close();
    }

    /** The alias is switched while a search is between its looks. */
    private void switchUnderASearch() {
        try (Faults.Hang between = milvus.proxy().holdNextSearch()) {
            CompletableFuture<String> search = CompletableFuture.supplyAsync(this::answering);
            between.awaitCall();
            alterAlias();
            between.close();
            assertThat(search).succeedsWithin(SECONDS).isEqualTo("old");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.6.20", "v2.6.6", "v2.6.22"})
    void shardsRememberedByNameStayForGood(String version) {
        start(version);
        switchUnderASearch();

        assertThat(IntStream.range(0, 10).mapToObj(search -> answering())).containsOnly("old");
        assertThat(milvus.state().target(DB, "live")).contains("new");
    }

    @Test
    void sendingTheSwitchAgainDoesNotHelpFrom266() {
        start("v2.6.20");
        switchUnderASearch();

        alterAlias();

        assertThat(answering()).isEqualTo("old");
    }

    @Test
    void aChangedPropertyOfTheNewCollectionHelps() {
        start("v2.6.20");
        switchUnderASearch();

        setProperty("new", "1");

        assertThat(answering()).isEqualTo("new");
    }

    @Test
    void thePropertyThatItHasAlreadyDoesNot() {
        start("v2.6.20");
        setProperty("new", "1");
        switchUnderASearch();

        setProperty("new", "1");
        assertThat(answering()).isEqualTo("old");

        setProperty("old", "2");
        assertThat(answering()).isEqualTo("old");
    }

    @Test
    void switchingThereAndBackHelps() {
        start("v2.6.20");
        switchUnderASearch();

        raw.calls().alterAlias(AlterAliasRequest.newBuilder().setAlias("live").setCollectionName("old").build());
        alterAlias();

        assertThat(answering()).isEqualTo("new");
    }

    @Test
    void releasingTheOldCollectionHelps() {
        start("v2.6.20");
        switchUnderASearch();

        milvus.state().release(DB, "old");

        assertThat(answering()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.3.5", "v2.5.10", "v2.6.0", "v2.6.5"})
    void sendingTheSwitchAgainHelpsBefore266(String version) {
        start(version);
        switchUnderASearch();
        assertThat(answering()).isEqualTo("old");

        alterAlias();

        assertThat(answering()).isEqualTo("new");
    }

    /** Before 2.6.6 what is looked up between the expiry and the change is the old collection, and it is remembered. */
    @ParameterizedTest
    @CsvSource({"v2.3.5, old", "v2.6.5, old", "v2.6.20, new", "v3.0.0, new"})
    void aSearchBeforeTheChangeIsRememberedAfterIt(String version, String answeringAfterwards) {
        start(version);
        try (Faults.Hang hold = milvus.proxy().holdNextChange()) {
            CompletableFuture<Void> change = CompletableFuture.runAsync(this::alterAlias);
            hold.awaitCall();
            assertThat(answering()).isEqualTo("old");
            hold.close();
            assertThat(change).succeedsWithin(SECONDS);
        }

        assertThat(answering()).isEqualTo(answeringAfterwards);
        alterAlias();
        assertThat(answering()).isEqualTo("new");
    }

    /** So that searches can take their looks on either side of a switch. */
    @Test
    void searchesTakeThePauseThatATestSets() {
        start("v2.6.20");
        milvus.proxy().pauseBetweenLooks(Duration.ofMillis(500));
        CompletableFuture<String> search = CompletableFuture.supplyAsync(this::answering);
        await().until(() -> !milvus.journal().of(Rpc.QUERY).isEmpty());

        assertThat(search).isNotDone();
        assertThat(search).succeedsWithin(SECONDS).isEqualTo("old");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.6.23", "v3.0.0"})
    void newServersAreNeverStale(String version) {
        start(version);
        switchUnderASearch();

        assertThat(answering()).isEqualTo("new");
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.3.5", "v2.6.20", "v3.0.0"})
    void whereNoTimePassesNoSearchIsMistaken(String version) {
        start(version);
        assertThat(answering()).isEqualTo("old");

        alterAlias();

        assertThat(answering()).isEqualTo("new");
    }

    private void alterAlias() {
        assertThat(raw.calls()
                .alterAlias(AlterAliasRequest.newBuilder().setAlias("live").setCollectionName("new").build()).getCode())
                .isZero();
    }

    private void setProperty(String collection, String value) {
        assertThat(raw.calls().alterCollection(AlterCollectionRequest.newBuilder().setCollectionName(collection)
                .addProperties(KeyValuePair.newBuilder().setKey("switched").setValue(value)).build()).getCode())
                .isZero();
    }

    /** Which collection answers through the alias. */
    private String answering() {
        QueryResults answer = raw.calls().query(
                QueryRequest.newBuilder().setCollectionName("live").addOutputFields("count(*)").build());
        assertThat(answer.getStatus().getCode()).as(answer.getStatus().getReason()).isZero();
        return answer.getFieldsData(0).getScalars().getLongData().getData(0) == 1 ? "old" : "new";
    }
}
