package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import java.util.Map;

import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The double sets and deletes properties of collections, and a change shows in the collection's update timestamp. */
class AlterCollectionIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final String KEY = "owner";

    private InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    private RawMilvus raw;

    @BeforeEach
    void start() {
        milvus.start();
        raw = new RawMilvus(milvus);
        milvus.state().createCollection(DB, "c1");
        milvus.state().setAlias(DB, "a1", "c1");
    }

    @AfterEach
    void stop() {
        raw.close();
        milvus.close();
    }

    @Test
    void setsAndDeletesByNameAndByAlias() {
        long before = describe("c1").getUpdateTimestamp();
        assertThat(set("c1", "me").getCode()).isZero();
        long afterwards = describe("c1").getUpdateTimestamp();

        assertThat(describe("a1").getPropertiesList()).extracting(KeyValuePair::getKey, KeyValuePair::getValue)
                .containsExactly(tuple(KEY, "me"));
        assertThat(milvus.state().properties(DB, "c1")).isEqualTo(Map.of(KEY, "me"));
        assertThat(afterwards).isGreaterThan(before);

        assertThat(delete("a1").getCode()).isZero();

        assertThat(milvus.state().properties(DB, "c1")).isEmpty();
        assertThat(describe("c1").getUpdateTimestamp()).isGreaterThan(afterwards);
    }

    @Test
    void whatIsSoAlreadyChangesNothing() {
        set("c1", "me");
        long before = describe("c1").getUpdateTimestamp();

        assertThat(set("c1", "me").getCode()).isZero();
        assertThat(alter("c1", Map.of(), List.of("another")).getCode()).isZero();

        assertThat(describe("c1").getUpdateTimestamp()).isEqualTo(before);
    }

    @Test
    void eitherSetsOrDeletes() {
        assertThat(alter("c1", Map.of(KEY, "me"), List.of("another")).getCode()).isEqualTo(1100);
        assertThat(alter("c1", Map.of(), List.of()).getCode()).isEqualTo(1100);
        assertThat(milvus.state().properties(DB, "c1")).isEmpty();
    }

    @Test
    void aMissingCollectionHasNoProperties() {
        assertThat(set("nope", "me")).returns(100, Status::getCode)
                .returns("collection not found[database=default][collection=nope]", Status::getReason);
    }

    @Test
    void isAWriteAndTheJournalSaysWhatChanged() {
        set("c1", "me");
        delete("c1");

        assertThat(milvus.journal().writes())
                .hasToString("[ALTER_COLLECTION c1 +owner=me, ALTER_COLLECTION c1 -owner]");
        assertThat(milvus.journal().aliasWrites()).isEmpty();
    }

    @Test
    void oldServersDoNotKnowTheKeysThatAreToBeDeleted() {
        stop();
        milvus = new InProcessMilvus("v2.3.5");
        start();
        set("c1", "me");

        assertThat(delete("c1")).returns(65535, Status::getCode)
                .returns("only support alter collection properties, but collection properties is empty",
                        Status::getReason);
        assertThat(alter("c1", Map.of("another", "me"), List.of(KEY)).getCode()).isZero();

        assertThat(milvus.state().properties(DB, "c1")).isEqualTo(Map.of(KEY, "me", "another", "me"));
    }

    private DescribeCollectionResponse describe(String collection) {
        return raw.calls()
                .describeCollection(DescribeCollectionRequest.newBuilder().setCollectionName(collection).build());
    }

    private Status set(String collection, String value) {
        return alter(collection, Map.of(KEY, value), List.of());
    }

    private Status delete(String collection) {
        return alter(collection, Map.of(), List.of(KEY));
    }

    private Status alter(String collection, Map<String, String> set, List<String> deleted) {
        AlterCollectionRequest.Builder request = AlterCollectionRequest.newBuilder().setCollectionName(collection)
                .addAllDeleteKeys(deleted);
        set.forEach((key, value) -> request.addPropertiesBuilder().setKey(key).setValue(value));
        return raw.calls().alterCollection(request.build());
    }
}
