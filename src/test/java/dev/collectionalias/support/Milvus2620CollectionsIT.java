package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that show, drop, make and rename collections, where aliases are in the way or follow. */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
class Milvus2620CollectionsIT extends Milvus2620Table {

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

    private Status dropCollection(String database, String collection) {
        return raw.calls().dropCollection(
                DropCollectionRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
    }

    private Status rename(String collection, String newDatabase, String newName) {
        return raw.calls().renameCollection(RenameCollectionRequest.newBuilder().setOldName(collection)
                .setNewDBName(newDatabase).setNewName(newName).build());
    }
}
