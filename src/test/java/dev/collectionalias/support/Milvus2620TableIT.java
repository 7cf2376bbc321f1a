package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DescribeAliasResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The double of 2.6.20 answers as a real one did: each test is a row of the table that was measured there, with raw
 * calls, on 2026-11-30. What is expected is what was measured; whoever changes it has to measure anew.
 */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
class Milvus2620TableIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final String TEAM = "team";
    private static final String NO_DB = "nodb";

    private final InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    private RawMilvus raw;

    @BeforeEach
    void aliasOfTheFirstOfTwoCollections() {
        milvus.start();
        raw = new RawMilvus(milvus);
        milvus.state().createDatabase(TEAM);
        milvus.state().createCollection(DB, "c1");
        milvus.state().createCollection(DB, "c2");
        milvus.state().setAlias(DB, "a1", "c1");
    }

    @AfterEach
    void stop() {
        raw.close();
        milvus.close();
    }

    @Test
    void createAliasSameTargetAgain() {
        isOk(create("a1", "c1"));
    }

    @Test
    void createAliasOtherTarget() {
        is(create("a1", "c2"), 1602,
                "a1 is alias to another collection: c1: alias already exist[database=default][alias=a1]");
        assertThat(target("a1")).isEqualTo("c1");
    }

    @Test
    void createAliasNameIsACollection() {
        is(create("c2", "c1"), 1601, "alias and collection name conflict[database=default][alias=c2]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"new", "a1"})
    void createAliasCollectionMissing(String alias) {
        is(create(alias, "nope"), 100, "collection not found[database=default][collection=nope]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-name", "-a", " a", ".a", "$a", "1a", "\u00e4a", "a!"})
    void createAliasBadName(String alias) {
        Status status = create(alias, "c1");

        assertThat(status.getCode()).isEqualTo(1100);
        assertThat(status.getReason()).startsWith("Invalid collection alias: " + alias + ". ")
                .endsWith(": invalid parameter");
    }

    @Test
    void createAliasOf255And256Characters() {
        isOk(create("a".repeat(255), "c1"));
        assertThat(create("a".repeat(256), "c1").getCode()).isEqualTo(1100);
    }

    @Test
    void createAliasEmptyAlias() {
        is(create("", "c1"), 1100, "collection alias should not be empty: invalid parameter");
    }

    @Test
    void createAliasEmptyCollection() {
        assertThat(create("new", "").getCode()).isEqualTo(1100);
    }

    @Test
    void createAliasTheTargetIsAnAlias() {
        isOk(create("a2", "a1"));
        assertThat(target("a2")).isEqualTo("c1");

        isOk(alter("a1", "c2"));

        assertThat(target("a2")).isEqualTo("c1");
    }

    @Test
    void alterAliasAliasMissing() {
        is(alter("missing", "c1"), 1600, "alias not found[database=default][alias=missing]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a1", "missing"})
    void alterAliasCollectionMissingOrBoth(String alias) {
        is(alter(alias, "nope"), 100, "collection not found[collection=nope]");
    }

    @Test
    void alterAliasSameTarget() {
        isOk(alter("a1", "c1"));
    }

    @Test
    void alterAliasTheTargetIsAnAlias() {
        milvus.state().setAlias(DB, "a2", "c2");

        isOk(alter("a1", "a2"));

        assertThat(target("a1")).isEqualTo("c2");
    }

    @Test
    void alterAliasTheTargetIsItself() {
        isOk(alter("a1", "a1"));
        assertThat(target("a1")).isEqualTo("c1");
    }

    @Test
    void alterAliasTheNameIsACollection() {
        assertThat(alter("c2", "c1").getCode()).isEqualTo(1601);
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "bad-name", "", "c1"})
    void dropAliasWithoutEffect(String alias) {
        isOk(drop(alias));
        assertThat(milvus.state().listAliases(DB, "")).containsExactly("a1");
        assertThat(milvus.state().collections(DB)).hasSize(2);
    }

    @Test
    void dropAliasWithNeighboursThenARestart() {
        milvus.state().setAlias(DB, "a1_preview", "c1");
        milvus.state().setAlias(DB, "a10", "c2");

        isOk(drop("a1"));
        milvus.restart();

        assertThat(milvus.state().listAliases(DB, "")).containsExactly("a10", "a1_preview");
    }

    @ParameterizedTest
    @ValueSource(strings = {"missing", "c1"})
    void describeAliasMissingOrACollection(String alias) {
        assertThat(describeAlias(alias).getStatus().getCode()).isEqualTo(1600);
    }

    @ParameterizedTest
    @ValueSource(strings = {"bad-name", ""})
    void describeAliasBadOrEmptyName(String alias) {
        assertThat(describeAlias(alias).getStatus().getCode()).isEqualTo(1100);
    }

    @Test
    void listAliasesOfAll() {
        milvus.state().setAlias(DB, "a2", "c2");

        assertThat(list("").getAliasesList()).containsExactlyInAnyOrder("a1", "a2");
    }

    @Test
    void listAliasesByAnAlias() {
        milvus.state().setAlias(DB, "a2", "c2");
        milvus.state().setAlias(DB, "a3", "c1");

        assertThat(list("a1").getAliasesList()).containsExactlyInAnyOrder("a1", "a3");
    }

    @Test
    void listAliasesMissingCollection() {
        is(list("nope").getStatus(), 100, "collection not found[collection=nope]");
    }

    @Test
    void describeCollectionByAlias() {
        DescribeCollectionResponse answer = describe(DB, "a1");

        isOk(answer.getStatus());
        assertThat(answer.getCollectionName()).isEqualTo("a1");
        assertThat(answer.getSchema().getName()).isEqualTo("c1");
        assertThat(answer.getAliasesList()).containsExactly("a1");
    }

    @Test
    void describeCollectionMissing() {
        Status status = describe("", "nope").getStatus();

        is(status, 0, "can't find collection[database=default][collection=nope]");
        assertThat(status.getErrorCode()).isEqualTo(ErrorCode.CollectionNotExists);
        assertThat(status.getErrorCodeValue()).isEqualTo(4);
    }

    @Test
    void dropCollectionWithAliases() {
        milvus.state().createCollection(DB, "z");
        milvus.state().setAlias(DB, "az", "z");

        is(dropCollection(DB, "z"), 1100, "unable to drop the collection [z] because it has associated aliases [az], "
                + "please remove all aliases before dropping the collection: invalid parameter");
        assertThat(milvus.state().find(DB, "z")).isPresent();
    }

    @Test
    void dropCollectionByAlias() {
        is(dropCollection(DB, "a1"), 1100, "cannot drop the collection via alias = a1: invalid parameter");
    }

    @ParameterizedTest
    @ValueSource(strings = {DB, NO_DB})
    void dropCollectionMissing(String database) {
        isOk(dropCollection(database, "nope"));
    }

    @Test
    void createCollectionWithAnAliasesName() {
        Status status = raw.calls().createCollection(CreateCollectionRequest.newBuilder().setDbName(DB)
                .setCollectionName("a1").setSchema(CollectionShape.PLAIN.schema().toByteString()).build());

        assertThat(status.getCode()).isEqualTo(1601);
        assertThat(status.getReason()).startsWith("please choose a unique name: ");
    }

    @Test
    void renameCollectionWithAliases() {
        isOk(rename("c1", DB, "c3"));
        assertThat(target("a1")).isEqualTo("c3");
        assertThat(describe(DB, "a1").getSchema().getName()).isEqualTo("c3");
    }

    @Test
    void renameCollectionOntoAnAlias() {
        assertThat(rename("c2", DB, "a1").getCode()).isEqualTo(1601);
    }

    @Test
    void renameCollectionOntoACollection() {
        assertThat(rename("c2", DB, "c1").getCode()).isEqualTo(1100);
    }

    @Test
    void renameCollectionThroughAnAlias() {
        assertThat(rename("a1", DB, "c3").getCode()).isEqualTo(1100);
    }

    @Test
    void renameCollectionToAnotherDatabaseWithoutAliases() {
        isOk(rename("c2", TEAM, "c2"));
        assertThat(milvus.state().find(TEAM, "c2")).isPresent();
        assertThat(milvus.state().find(DB, "c2")).isEmpty();
    }

    @Test
    void renameCollectionToAnotherDatabaseWithAliases() {
        is(rename("c1", TEAM, "c1"), 1100, "fail to rename db name, must drop all aliases of this collection before "
                + "rename: invalid parameter");
        assertThat(target("a1")).isEqualTo("c1");
    }

    @Test
    void unknownDatabaseInEveryAliasAndDescribeCall() {
        Stream.of(raw.calls().createAlias(createAlias("a1", "c1").setDbName(NO_DB).build()),
                raw.calls().alterAlias(alterAlias("a1", "c1").setDbName(NO_DB).build()),
                raw.calls().dropAlias(DropAliasRequest.newBuilder().setDbName(NO_DB).setAlias("a1").build()),
                raw.calls().describeAlias(DescribeAliasRequest.newBuilder().setDbName(NO_DB).setAlias("a1").build())
                        .getStatus(),
                raw.calls().listAliases(ListAliasesRequest.newBuilder().setDbName(NO_DB).build()).getStatus(),
                describe(NO_DB, "c1").getStatus())
                .forEach(status -> is(status, 800, "database not found[database=nodb]"));
    }

    @Test
    void theSameAliasInSeveralDatabases() {
        milvus.state().createCollection(TEAM, "t1");

        isOk(raw.calls().createAlias(createAlias("a1", "t1").setDbName(TEAM).build()));
        isOk(raw.calls().createAlias(createAlias("c1", "t1").setDbName(TEAM).build()));

        assertThat(target("a1")).isEqualTo("c1");
        assertThat(milvus.state().target(TEAM, "a1")).contains("t1");
        assertThat(milvus.state().target(TEAM, "c1")).contains("t1");
    }

    @Test
    void dropDatabaseWithACollectionInIt() {
        milvus.state().createCollection(TEAM, "t1");

        assertThat(dropDatabase(TEAM).getCode()).isEqualTo(1100);
        assertThat(milvus.state().databases()).contains(TEAM);
    }

    @Test
    void dropDatabaseDefault() {
        assertThat(dropDatabase(DB).getCode()).isEqualTo(1100);
    }

    /** Alias DDL is carried out one after the other: calls at once bring nothing but waiting. */
    @Test
    void changesOfAliasesOfADatabaseWaitForEachOther() {
        Duration each = Duration.ofMillis(20);
        milvus.state().aliasChangesLast(each);
        long began = System.nanoTime();

        List<CompletableFuture<Status>> changes = IntStream.range(0, 10).mapToObj(
                number -> CompletableFuture.supplyAsync(() -> alter("a1", number % 2 == 0 ? "c2" : "c1"))).toList();

        changes.forEach(change -> isOk(change.join()));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(each.multipliedBy(10));
    }

    private Status create(String alias, String collection) {
        return raw.calls().createAlias(createAlias(alias, collection).build());
    }

    private static CreateAliasRequest.Builder createAlias(String alias, String collection) {
        return CreateAliasRequest.newBuilder().setAlias(alias).setCollectionName(collection);
    }

    private Status alter(String alias, String collection) {
        return raw.calls().alterAlias(alterAlias(alias, collection).build());
    }

    private static AlterAliasRequest.Builder alterAlias(String alias, String collection) {
        return AlterAliasRequest.newBuilder().setAlias(alias).setCollectionName(collection);
    }

    private Status drop(String alias) {
        return raw.calls().dropAlias(DropAliasRequest.newBuilder().setAlias(alias).build());
    }

    private DescribeAliasResponse describeAlias(String alias) {
        return raw.calls().describeAlias(DescribeAliasRequest.newBuilder().setAlias(alias).build());
    }

    private String target(String alias) {
        return describeAlias(alias).getCollection();
    }

    private ListAliasesResponse list(String collection) {
        return raw.calls().listAliases(ListAliasesRequest.newBuilder().setCollectionName(collection).build());
    }

    private DescribeCollectionResponse describe(String database, String collection) {
        return raw.calls().describeCollection(
                DescribeCollectionRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
    }

    private Status dropCollection(String database, String collection) {
        return raw.calls().dropCollection(
                DropCollectionRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
    }

    private Status rename(String collection, String newDatabase, String newName) {
        return raw.calls().renameCollection(RenameCollectionRequest.newBuilder().setOldName(collection)
                .setNewDBName(newDatabase).setNewName(newName).build());
    }

    private Status dropDatabase(String database) {
        return raw.calls().dropDatabase(DropDatabaseRequest.newBuilder().setDbName(database).build());
    }

    private static void isOk(Status status) {
        assertThat(status).as(status.getReason()).returns(0, Status::getCode)
                .returns(ErrorCode.Success, Status::getErrorCode);
    }

    private static void is(Status status, int code, String words) {
        assertThat(status.getCode()).as(status.getReason()).isEqualTo(code);
        assertThat(status.getReason()).isEqualTo(words);
    }
}
