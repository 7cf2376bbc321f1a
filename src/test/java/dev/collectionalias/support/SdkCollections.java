package dev.collectionalias.support;

import java.util.List;
import java.util.stream.IntStream;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.DropCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.collection.request.RenameCollectionReq;
import io.milvus.v2.service.database.request.CreateDatabaseReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.utility.request.FlushReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import org.awaitility.Awaitility;

/** Collections with an id and a vector of four dimensions, whose rows differ. */
final class SdkCollections implements MilvusCollections {

    private static final int DIMENSIONS = 4;

    private final MilvusClientV2 sdk;

    /** @param token empty where the server asks for none */
    SdkCollections(String uri, String token) {
        var config = ConnectConfig.builder().uri(uri).rpcDeadlineMs(60_000).keepAliveWithoutCalls(false)
                .keepAliveTimeMs(300_000);
        if (!token.isEmpty()) {
            config.token(token);
        }
        sdk = new MilvusClientV2(config.build());
    }

    @Override
    public void createDatabase(String database) {
        sdk.createDatabase(CreateDatabaseReq.builder().databaseName(database).build());
    }

    @Override
    public void create(String database, String collection, int rows) {
        CreateCollectionReq.CollectionSchema schema = MilvusClientV2.CreateSchema();
        schema.addField(AddFieldReq.builder().fieldName("id").dataType(DataType.Int64).isPrimaryKey(true).build());
        schema.addField(
                AddFieldReq.builder().fieldName("vector").dataType(DataType.FloatVector).dimension(DIMENSIONS).build());
        sdk.createCollection(CreateCollectionReq.builder().databaseName(database).collectionName(collection)
                .collectionSchema(schema).build());
        if (rows > 0) {
            sdk.insert(InsertReq.builder().databaseName(database).collectionName(collection)
                    .data(IntStream.range(0, rows).mapToObj(SdkCollections::row).toList()).build());
            sdk.flush(FlushReq.builder().databaseName(database).collectionNames(List.of(collection)).build());
        }
        IndexParam index = IndexParam.builder().fieldName("vector").indexType(IndexParam.IndexType.FLAT)
                .metricType(IndexParam.MetricType.L2).build();
        sdk.createIndex(CreateIndexReq.builder().databaseName(database).collectionName(collection)
                .indexParams(List.of(index)).sync(false).build());
    }

    private static JsonObject row(int number) {
        JsonArray vector = new JsonArray();
        IntStream.range(0, DIMENSIONS).forEach(i -> vector.add(number + i));
        JsonObject row = new JsonObject();
        row.addProperty("id", number);
        row.add("vector", vector);
        return row;
    }

    @Override
    public void load(String database, String collection) {
        sdk.loadCollection(LoadCollectionReq.builder().databaseName(database).collectionName(collection).build());
    }

    @Override
    public void awaitSearchable(String database, String collection) {
        Awaitility.await(collection + " can be searched").ignoreExceptions()
                .until(() -> search(database, collection) != null);
    }

    private Object search(String database, String collection) {
        float[] vector = new float[DIMENSIONS];
        return sdk.search(SearchReq.builder().databaseName(database).collectionName(collection).annsField("vector")
                .data(List.of(new FloatVec(vector))).limit(1).build()).getSearchResults();
    }

    @Override
    public void release(String database, String collection) {
        sdk.releaseCollection(
                ReleaseCollectionReq.builder().databaseName(database).collectionName(collection).build());
    }

    @Override
    public void drop(String database, String collection) {
        sdk.dropCollection(DropCollectionReq.builder().databaseName(database).collectionName(collection).build());
    }

    @Override
    public void rename(String database, String collection, String newName) {
        sdk.renameCollection(RenameCollectionReq.builder().databaseName(database).collectionName(collection)
                .newCollectionName(newName).build());
    }

    @Override
    public void close() {
        sdk.close();
    }
}
