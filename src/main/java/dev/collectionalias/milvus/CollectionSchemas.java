package dev.collectionalias.milvus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.Schema;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam.MetricType;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.Function;
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
        schema.getFieldSchemaList().forEach(field -> fields.add(field(collection, field.getName(), field)));
        schema.getStructFields().forEach(struct -> struct.getFields()
                .forEach(part -> fields.add(field(collection, nameOf(struct, part), part))));
        return new Schema(fields, schema.isEnableDynamicField(),
                schema.getFunctionList().stream().map(CollectionSchemas::function).toList());
    }

    /** The name by which requests and answers about indexes know a part of a struct. */
    private static String nameOf(StructFieldSchema struct, FieldSchema part) {
        return struct.getName() + "[" + part.getName() + "]";
    }

    private Schema.Field field(String collection, String name, FieldSchema field) {
        return new Schema.Field(name, type(field), Optional.ofNullable(field.getDimension()),
                Boolean.TRUE.equals(field.getIsPrimaryKey()), Boolean.TRUE.equals(field.getIsNullable()),
                isVector(field) ? metric(collection, name) : Optional.empty(), TextAnalysis.of(field));
    }

    private static Schema.Function function(Function function) {
        // The SDK has no type for a function that is newer than itself.
        String type = function.getFunctionType() == null
                ? "a function of an unknown type"
                : function.getFunctionType().getName();
        return new Schema.Function(type, function.getInputFieldNames(), function.getOutputFieldNames(),
                function.getParams());
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
    private Optional<String> metric(String collection, String field) {
        try {
            return calls.call("describeIndex of " + collection + "." + field,
                    sdk -> sdk.describeIndex(DescribeIndexReq.builder().databaseName(calls.database())
                            .collectionName(collection).fieldName(field).build()))
                    .getIndexDescriptions().stream().map(index -> index.getMetricType())
                    .filter(metric -> metric != null && metric != MetricType.INVALID)
                    // Two names of one metric.
                    .map(metric -> metric == MetricType.MAX_SIM ? MetricType.MAX_SIM_COSINE : metric)
                    .map(MetricType::name).findFirst();
        } catch (MilvusException e) {
            if (e.kind() == Kind.NO_INDEX) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
