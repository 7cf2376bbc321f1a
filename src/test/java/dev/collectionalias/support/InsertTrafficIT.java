package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.Status;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.vector.request.InsertReq;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those who insert notice when a collection's properties change. */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
class InsertTrafficIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final String KEY = "switched";

    private InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    private RawMilvus raw;

    @BeforeEach
    void start() {
        milvus.start();
        raw = new RawMilvus(milvus);
        milvus.state().createCollection(DB, "c1");
        milvus.state().setAlias(DB, "live", "c1");
    }

    @AfterEach
    void stop() {
        raw.close();
        milvus.close();
    }

    @Test
    void insertsByNameAndByAliasAddRows() {
        try (InsertTraffic byName = new InsertTraffic(milvus, "c1", 0);
                InsertTraffic byAlias = new InsertTraffic(milvus, "live", 0)) {
            byName.insertOnce(() -> {});
            byAlias.insertOnce(() -> {});

            assertThat(byName.inserted() + byAlias.inserted()).isEqualTo(2);
            assertThat(milvus.state().collection(DB, "c1").rows()).isEqualTo(2);
        }
    }

    @Test
    void theSdkInserts() {
        MilvusClientV2 sdk = SdkClients.of(milvus, 10_000);
        try {
            insert(sdk, 0);
            milvus.state().setProperty(DB, "c1", KEY, "1");
            insert(sdk, 1);
        } finally {
            sdk.close();
        }

        assertThat(milvus.state().collection(DB, "c1").rows()).isEqualTo(2);
    }

    private static void insert(MilvusClientV2 sdk, int key) {
        JsonObject row = new JsonObject();
        row.addProperty(CollectionShape.KEY, key);
        row.add(CollectionShape.VECTOR, new Gson().toJsonTree(RowVectors.floats(4, key)));
        assertThat(sdk.insert(InsertReq.builder().collectionName("live").data(List.of(row)).build()).getPrimaryKeys())
                .containsExactly((long) key);
    }

    @Test
    void anOutdatedWriterIsRefused() {
        Status refusal = raw.calls().insert(
                InsertRequest.newBuilder().setCollectionName("live").setNumRows(1).setSchemaTimestamp(1).build())
                .getStatus();

        assertThat(refusal).returns(109, Status::getCode).returns(62, Status::getErrorCodeValue)
                .returns("collection schema mismatch[collection=live]", Status::getReason);
        assertThat(milvus.state().collection(DB, "c1").rows()).isZero();
    }

    @Test
    void aPropertyThatIsSetFailsNoInsert() {
        try (InsertTraffic writer = new InsertTraffic(milvus, "live", 0)) {
            writer.insertOnce(() -> milvus.state().setProperty(DB, "c1", KEY, "1"));

            assertThat(writer.failed()).isEmpty();
            assertThat(writer.repeated()).isEqualTo(1);
            assertThat(writer.inserted()).isEqualTo(1);
        }
    }

    @Test
    void aPropertyThatIsSetAndDroppedAtOnceFailsAnInsertForGood() {
        try (InsertTraffic writer = new InsertTraffic(milvus, "live", 0)) {
            writer.insertOnce(() -> {
                milvus.state().setProperty(DB, "c1", KEY, "1");
                milvus.faults().on(Rpc.DESCRIBE_COLLECTION).times(1)
                        .after(() -> milvus.state().deleteProperty(DB, "c1", KEY));
            });

            assertThat(writer.failed()).containsExactly("collection schema mismatch[collection=live]");
            assertThat(writer.inserted()).isZero();
        }
    }

    @Test
    void aWriterWithoutAPauseNeverFailsWhileAPropertyIsSetNowAndThen() {
        try (InsertTraffic writer = new InsertTraffic(milvus, "live", 1)) {
            for (int change = 1; change <= 20; change++) {
                int before = writer.inserted();
                milvus.state().setProperty(DB, "c1", KEY, Integer.toString(change));
                await().until(() -> writer.inserted() > before + 10);
            }
            writer.stop();

            assertThat(writer.failed()).isEmpty();
            assertThat(writer.repeated()).isPositive();
            assertThat(milvus.state().collection(DB, "c1").rows()).isEqualTo(writer.inserted());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"v2.3.5", "v2.5.10"})
    void olderServersDoNotCompare(String version) {
        stop();
        milvus = new InProcessMilvus(version);
        start();
        try (InsertTraffic writer = new InsertTraffic(milvus, "live", 0)) {
            writer.insertOnce(() -> milvus.state().setProperty(DB, "c1", KEY, "1"));

            assertThat(writer.repeated()).isZero();
            assertThat(writer.inserted()).isEqualTo(1);
        }
    }
}
