package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that make, move, drop and show aliases. */
class Milvus2620AliasesIT extends Milvus2620Table {

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
    void theSameAliasInSeveralDatabases() {
        milvus.state().createCollection(TEAM, "t1");

        isOk(raw.calls().createAlias(createAlias("a1", "t1").setDbName(TEAM).build()));
        isOk(raw.calls().createAlias(createAlias("c1", "t1").setDbName(TEAM).build()));

        assertThat(target("a1")).isEqualTo("c1");
        assertThat(milvus.state().target(TEAM, "a1")).contains("t1");
        assertThat(milvus.state().target(TEAM, "c1")).contains("t1");
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

    private Status alter(String alias, String collection) {
        return raw.calls().alterAlias(alterAlias(alias, collection).build());
    }

    private Status drop(String alias) {
        return raw.calls().dropAlias(DropAliasRequest.newBuilder().setAlias(alias).build());
    }

    private ListAliasesResponse list(String collection) {
        return raw.calls().listAliases(ListAliasesRequest.newBuilder().setCollectionName(collection).build());
    }
}
