package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A replicated secondary takes its changes from its primary only, until it is promoted. */
class SecondaryDoubleIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final AlterAliasRequest ALTER = AlterAliasRequest.newBuilder().setAlias("live")
            .setCollectionName("c2").build();

    private final InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    private RawMilvus raw;

    @BeforeEach
    void replicaOfAnAlias() {
        milvus.start();
        raw = new RawMilvus(milvus);
        milvus.becomeSecondary();
        milvus.state().createCollection(DB, "c1");
        milvus.state().createCollection(DB, "c2");
        milvus.state().setAlias(DB, "live", "c1");
    }

    @AfterEach
    void stop() {
        raw.close();
        milvus.close();
    }

    @Test
    void refusesWhateverWouldChangeSomething() {
        Stream.of(
                raw.calls().createAlias(
                        CreateAliasRequest.newBuilder().setAlias("live").setCollectionName("c1").build()),
                raw.calls().alterAlias(ALTER),
                raw.calls().dropAlias(DropAliasRequest.newBuilder().setAlias("missing").build()),
                raw.calls().alterCollection(AlterCollectionRequest.newBuilder().setCollectionName("c1")
                        .addProperties(KeyValuePair.newBuilder().setKey("switched").setValue("1")).build()),
                raw.calls().dropCollection(DropCollectionRequest.newBuilder().setCollectionName("c2").build()),
                raw.calls().renameCollection(
                        RenameCollectionRequest.newBuilder().setOldName("c2").setNewName("c3").build()),
                raw.calls().loadCollection(LoadCollectionRequest.newBuilder().setCollectionName("c1").build()))
                .forEach(status -> assertThat(status).returns(65535, Status::getCode)
                        .returns("cluster is not primary, cannot do any DDL/DCL", Status::getReason));
        assertThat(milvus.state().target(DB, "live")).contains("c1");
    }

    @Test
    void showsWhatItsPrimaryChanges() {
        milvus.state().setAlias(DB, "live", "c2");

        assertThat(raw.calls().describeAlias(DescribeAliasRequest.newBuilder().setAlias("live").build())
                .getCollection()).isEqualTo("c2");
    }

    @Test
    void takesChangesOnceItIsPromoted() {
        milvus.promote();

        assertThat(raw.calls().alterAlias(ALTER).getCode()).isZero();
        assertThat(milvus.state().target(DB, "live")).contains("c2");
    }
}
