package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.milvus.common.clientenum.FunctionType;
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

/** Collections of any server, through the SDK. */
final class SdkCollections implements MilvusCollections {

    private static final Gson JSON = new Gson();
    private static final int MOST_LETTERS = 20;

    private final MilvusClientV2 sdk;

    SdkCollections(MilvusServer milvus) {
        sdk = SdkClients.of(milvus, 60_000);
    }

    @Override
    public void createDatabase(String database) {
        sdk.createDatabase(CreateDatabaseReq.builder().databaseName(database).build());
    }

    @Override
    public void create(String database, String collection, CollectionShape shape, int rows) {
        CreateCollectionReq.CollectionSchema schema = MilvusClientV2.CreateSchema();
        schema.addField(AddFieldReq.builder().fieldName(CollectionShape.KEY)
                .dataType(shape.textKeys() ? DataType.VarChar : DataType.Int64).maxLength(100).isPrimaryKey(true)
                .build());
        shape.vectors().forEach(name -> schema.addField(AddFieldReq.builder().fieldName(name).dataType(shape.type())
                .dimension(shape.isSparse() ? null : Integer.valueOf(shape.dimension())).build()));
        shape.numbers().forEach(
                name -> schema.addField(AddFieldReq.builder().fieldName(name).dataType(DataType.Int64).build()));
        shape.tenants().ifPresent(tenants -> schema.addField(AddFieldReq.builder().fieldName(CollectionShape.TENANT)
                .dataType(tenants.type()).maxLength(MOST_LETTERS).isPartitionKey(true).build()));
        if (!shape.analyzer().isEmpty()) {
            schema.addField(AddFieldReq.builder().fieldName(CollectionShape.TEXT).dataType(DataType.VarChar)
                    .enableAnalyzer(true).analyzerParams(Map.of("type", shape.analyzer())).build());
            schema.addField(AddFieldReq.builder().fieldName(CollectionShape.TEXT_SPARSE)
                    .dataType(DataType.SparseFloatVector).build());
            schema.addFunction(CreateCollectionReq.Function.builder().name("words").functionType(FunctionType.BM25)
                    .inputFieldNames(List.of(CollectionShape.TEXT))
                    .outputFieldNames(List.of(CollectionShape.TEXT_SPARSE)).build());
        }
        sdk.createCollection(CreateCollectionReq.builder().databaseName(database).collectionName(collection)
                .collectionSchema(schema).properties(shape.properties()).build());
        if (rows > 0) {
            insert(database, collection, shape, 0, rows);
        }
        if (shape.indexed()) {
            index(database, collection, shape);
        }
    }

    @Override
    public void insert(String database, String collection, CollectionShape shape, int firstRow, int rows) {
        sdk.insert(InsertReq.builder().databaseName(database).collectionName(collection).data(
                IntStream.range(firstRow, firstRow + rows).mapToObj(number -> row(shape, number)).toList()).build());
        sdk.flush(FlushReq.builder().databaseName(database).collectionNames(List.of(collection)).build());
    }

    @Override
    public void index(String database, String collection, CollectionShape shape) {
        sdk.createIndex(CreateIndexReq.builder().databaseName(database).collectionName(collection)
                .indexParams(shape.vectors().stream().map(name -> index(shape, name)).toList()).sync(false).build());
    }

    private static IndexParam index(CollectionShape shape, String vector) {
        IndexParam.IndexType type = switch (shape.type()) {
            case BinaryVector -> IndexParam.IndexType.BIN_FLAT;
            case SparseFloatVector -> IndexParam.IndexType.SPARSE_INVERTED_INDEX;
            default -> IndexParam.IndexType.FLAT;
        };
        return IndexParam.builder().fieldName(vector).indexType(type).metricType(shape.metric()).build();
    }

    private static JsonObject row(CollectionShape shape, int number) {
        JsonObject row = new JsonObject();
        long key = shape.firstKey() + number;
        if (shape.textKeys()) {
            row.addProperty(CollectionShape.KEY, CollectionShape.text(key));
        } else {
            row.addProperty(CollectionShape.KEY, key);
        }
        JsonElement vector = JSON.toJsonTree(RowVectors.of(shape.type(), shape.dimension(), number));
        shape.vectors().forEach(name -> row.add(name, vector));
        shape.numbers().forEach(name -> row.addProperty(name, number));
        shape.tenants().ifPresent(tenants -> row.add(CollectionShape.TENANT,
                JSON.toJsonTree(RowTenants.of(tenants.type(), number))));
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
        float[] vector = new float[CollectionShape.PLAIN.dimension()];
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
