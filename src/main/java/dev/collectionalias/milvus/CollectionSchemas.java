package dev.collectionalias.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.Schema;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.StructFieldSchema;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.index.request.DescribeIndexReq;

/** Reads which fields collections have, and how their vectors are indexed. */
record CollectionSchemas(ServerCalls calls) {

    private static final Set<DataType> VECTORS = Set.of(DataType.FloatVector, DataType.BinaryVector,
            DataType.Float16Vector, DataType.BFloat16Vector, DataType.Int8Vector, DataType.SparseFloatVector);

    static boolean isVector(FieldSchema field) {
        return VECTORS.contains(field.getDataType());
    }

    /** Empty if there is no such collection. */
    Optional<DescribeCollectionResp> whole(String collection) {
        return calls.find("describeCollection " + collection, sdk -> sdk.describeCollection(
                DescribeCollectionReq.builder().databaseName(calls.database()).collectionName(collection).build()));
    }

    /** Empty if there is no such collection. */
    Optional<CollectionSchema> describe(String collection) {
        return whole(collection).map(DescribeCollectionResp::getCollectionSchema);
    }

    /** Empty also if the SDK can't read it, for example because the collection has consistency "Customized". */
    Optional<Schema> of(String collection) {
        try {
            return describe(collection).map(schema -> withMetrics(collection, schema));
        } catch (MilvusException e) {
            if (e.kind() == Kind.UNREADABLE) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Schema withMetrics(String collection, CollectionSchema schema) {
        List<Schema.Field> fields = new ArrayList<>();
        schema.getFieldSchemaList().forEach(field -> fields
                .add(field(field, isVector(field) ? metric(collection, field) : Optional.empty())));
        schema.getStructFields().forEach(struct -> fields.add(field(struct)));
        return new Schema(fields, schema.isEnableDynamicField());
    }

    private static Schema.Field field(FieldSchema field, Optional<String> metric) {
        return new Schema.Field(field.getName(), type(field), Optional.ofNullable(field.getDimension()),
                Boolean.TRUE.equals(field.getIsPrimaryKey()), Boolean.TRUE.equals(field.getIsNullable()), metric);
    }

    private static Schema.Field field(StructFieldSchema struct) {
        String parts = struct.getFields().stream().map(part -> part.getName() + " " + type(part))
                .collect(Collectors.joining(", "));
        return new Schema.Field(struct.getName(), "Struct(" + parts + ")", Optional.empty(), false, false,
                Optional.empty());
    }

    private static String type(FieldSchema field) {
        return field.getDataType() == DataType.Array
                ? "Array of " + field.getElementType()
                : field.getDataType().name();
    }

    /**
     * Names the field, because the SDK finds no index without a name. An index whose metric the SDK does not know has none
     * here.
     */
    private Optional<String> metric(String collection, FieldSchema field) {
        try {
            return calls.call("describeIndex of " + collection + "." + field.getName(),
                    sdk -> sdk.describeIndex(DescribeIndexReq.builder().databaseName(calls.database())
                            .collectionName(collection).fieldName(field.getName()).build()))
                    .getIndexDescriptions().stream().map(index -> index.getMetricType())
                    .filter(metric -> metric != null && metric != MetricType.INVALID).map(MetricType::name)
                    .findFirst();
        } catch (MilvusException e) {
            if (e.kind() == Kind.NO_INDEX) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
