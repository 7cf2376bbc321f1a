package dev.collectionalias.quickstart;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import com.google.gson.Gson;
import com.google.gson.JsonObject;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam;
import io.milvus.v2.service.collection.request.AddFieldReq;
import io.milvus.v2.service.collection.request.CreateCollectionReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.index.request.CreateIndexReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;
import io.milvus.v2.service.vector.request.DeleteReq;
import io.milvus.v2.service.vector.request.InsertReq;
import io.milvus.v2.service.vector.request.QueryReq;

/** A shop's products in several collections, as after rebuilds. Each entity says which collection it came from. */
final class ProductCollections implements AutoCloseable {

    static final String VECTOR = "embedding";
    static final String SOURCE = "source";
    static final int DIMENSIONS = 16;
    static final int ENTITIES = 500;

    private final MilvusClientV2 client;

    ProductCollections(String uri) {
        client = connect(uri);
    }

    /** A client that hides no failure: it tries once, and not for ever. */
    static MilvusClientV2 connect(String uri) {
        MilvusClientV2 client = new MilvusClientV2(
                ConnectConfig.builder().uri(uri).rpcDeadlineMs(30_000).keepAliveWithoutCalls(false)
                        .keepAliveTimeMs(300_000).build());
        client.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
        return client;
    }

    /** A collection that answers searches. */
    void create(String collection, int entities) {
        CreateCollectionReq.CollectionSchema schema = MilvusClientV2.CreateSchema();
        schema.addField(AddFieldReq.builder().fieldName("id").dataType(DataType.Int64).isPrimaryKey(true).build());
        schema.addField(AddFieldReq.builder().fieldName(SOURCE).dataType(DataType.VarChar).maxLength(64).build());
        schema.addField(
                AddFieldReq.builder().fieldName(VECTOR).dataType(DataType.FloatVector).dimension(DIMENSIONS).build());
        client.createCollection(
                CreateCollectionReq.builder().collectionName(collection).collectionSchema(schema).build());
        IndexParam index = IndexParam.builder().fieldName(VECTOR).indexType(IndexParam.IndexType.FLAT)
                .metricType(IndexParam.MetricType.L2).build();
        // Not synchronously: the SDK would ask for a timestamp, which Milvus Lite has none of. Loading waits for the index.
        client.createIndex(CreateIndexReq.builder().collectionName(collection).indexParams(List.of(index)).sync(false)
                .build());
        client.loadCollection(LoadCollectionReq.builder().collectionName(collection).build());
        insert(collection, 0, entities);
    }

    /** The products from one number up to another, which is not among them. */
    void insert(String collection, int from, int to) {
        Random random = new Random(collection.hashCode() + from);
        client.insert(InsertReq.builder().collectionName(collection)
                .data(IntStream.range(from, to).mapToObj(id -> entity(id, collection, random)).toList()).build());
        awaitEntities(collection, to);
    }

    /** Takes away all from this number on. */
    void delete(String collection, int from) {
        client.delete(DeleteReq.builder().collectionName(collection)
                .ids(IntStream.range(from, ENTITIES).<Object>mapToObj(Long::valueOf).toList()).build());
        awaitEntities(collection, from);
    }

    /** A strongly consistent read waits for what was written; the weaker ones after it can't fall behind. */
    private void awaitEntities(String collection, int expected) {
        int found = client.query(QueryReq.builder().collectionName(collection).filter("id >= 0").limit(ENTITIES)
                .outputFields(List.of("id")).consistencyLevel(ConsistencyLevel.STRONG).build()).getQueryResults()
                .size();
        if (found != expected) {
            throw new TourFailure("%s has %d products instead of %d".formatted(collection, found, expected));
        }
    }

    private static JsonObject entity(int id, String collection, Random random) {
        JsonObject entity = new JsonObject();
        entity.addProperty("id", id);
        entity.addProperty(SOURCE, collection);
        entity.add(VECTOR, new Gson().toJsonTree(vector(random)));
        return entity;
    }

    static float[] vector(Random random) {
        float[] vector = new float[DIMENSIONS];
        for (int i = 0; i < DIMENSIONS; i++) {
            vector[i] = random.nextFloat();
        }
        return vector;
    }

    /** Where Milvus itself says that the alias points. */
    private String target(String alias) {
        return client.describeAlias(DescribeAliasReq.builder().alias(alias).build()).getCollectionName();
    }

    /** Throws if it is not where the status says. */
    void expectTarget(String alias, String collection) {
        String target = target(alias);
        if (!target.equals(collection)) {
            throw new TourFailure("the status says " + collection + ", but in Milvus the alias points at " + target);
        }
    }

    boolean hasAlias(String collection, String alias) {
        return client.listAliases(ListAliasesReq.builder().collectionName(collection).build()).getAlias()
                .contains(alias);
    }

    @Override
    public void close() {
        client.close();
    }
}
