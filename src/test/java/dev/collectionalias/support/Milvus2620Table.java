package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DescribeAliasResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.ErrorCode;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The double of 2.6.20 answers as a real one did: each test is a row of the table that was measured there, with raw
 * calls, on 2026-11-30. What is expected is what was measured; whoever changes it has to measure anew.
 */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
abstract class Milvus2620Table {

    static final String DB = MilvusState.DEFAULT_DATABASE;
    static final String TEAM = "team";
    static final String NO_DB = "nodb";

    final InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    RawMilvus raw;

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

    static CreateAliasRequest.Builder createAlias(String alias, String collection) {
        return CreateAliasRequest.newBuilder().setAlias(alias).setCollectionName(collection);
    }

    static AlterAliasRequest.Builder alterAlias(String alias, String collection) {
        return AlterAliasRequest.newBuilder().setAlias(alias).setCollectionName(collection);
    }

    DescribeAliasResponse describeAlias(String alias) {
        return raw.calls().describeAlias(DescribeAliasRequest.newBuilder().setAlias(alias).build());
    }

    String target(String alias) {
        return describeAlias(alias).getCollection();
    }

    DescribeCollectionResponse describe(String database, String collection) {
        return raw.calls().describeCollection(
                DescribeCollectionRequest.newBuilder().setDbName(database).setCollectionName(collection).build());
    }

    static void isOk(Status status) {
        assertThat(status).as(status.getReason()).returns(0, Status::getCode)
                .returns(ErrorCode.Success, Status::getErrorCode);
    }

    static void is(Status status, int code, String words) {
        assertThat(status.getCode()).as(status.getReason()).isEqualTo(code);
        assertThat(status.getReason()).isEqualTo(words);
    }
}
