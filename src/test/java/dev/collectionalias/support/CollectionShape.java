package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.KeyValuePair;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam.MetricType;
import io.soabase.recordbuilder.core.RecordBuilder;

/**
 * What a collection of a test is like: a primary key {@code id} and vectors that differ from row to row, and that are
 * the same in the same row of each collection of the same type.
 *
 * @param vectors   the names of the vector fields
 * @param dimension ignored for sparse vectors
 * @param indexed   whether there is an index on each of them; one is needed for loading
 * @param firstKey  the primary key of the first row; those of the others follow
 * @param numbers   the names of further fields, of integers
 * @param textKeys  whether the primary keys are texts, with all that has to be quoted
 * @param tenants   whose the rows are, where there is a partition key
 * @param analyzer  takes the field {@code text} apart, out of which a function computes {@code text_sparse}; empty for
 *                  none of them. Such a collection has no rows
 * @param partDimension of the vector {@code part} in the array of structs {@code structs}; 0 for none. Such a collection
 *                  has no rows
 */
@RecordBuilder
public record CollectionShape(List<String> vectors, DataType type, int dimension, MetricType metric, boolean indexed,
        long firstKey, List<String> numbers, boolean textKeys, Optional<Tenants> tenants, String analyzer,
        int partDimension)
        implements
            CollectionShapeBuilder.With {

    /**
     * A partition key {@code tenant}, whose values are those of {@link RowTenants}.
     *
     * @param type     Int64 or VarChar
     * @param isolated whether Milvus has to search the rows of one tenant at a time
     */
    public record Tenants(DataType type, boolean isolated) {}

    public static final String KEY = "id";
    public static final String VECTOR = "vector";
    public static final String TENANT = "tenant";
    static final String TEXT = "text";
    static final String TEXT_SPARSE = "text_sparse";
    /** What collections are like unless a test says otherwise. */
    public static final CollectionShape PLAIN = of(DataType.FloatVector, 4, MetricType.L2);
    public static final CollectionShape BINARY = of(DataType.BinaryVector, 32, MetricType.HAMMING);
    public static final CollectionShape SPARSE = of(DataType.SparseFloatVector, 0, MetricType.IP);
    public static final CollectionShape HALF = of(DataType.Float16Vector, 4, MetricType.L2);

    private static CollectionShape of(DataType type, int dimension, MetricType metric) {
        return new CollectionShape(List.of(VECTOR), type, dimension, metric, true, 0, List.of(), false,
                Optional.empty(), "",
                0);
    }

    public CollectionShape withVectors(String... names) {
        return withVectors(List.of(names));
    }

    public CollectionShape withNumbers(String... names) {
        return withNumbers(List.of(names));
    }

    public CollectionShape withTextKeys() {
        return withTextKeys(true);
    }

    /** A text that tells its number. */
    static String text(long key) {
        return "it's\t\"%d\" \\ \u00fc\u4e2d\n".formatted(key);
    }

    public CollectionShape withoutIndex() {
        return withIndexed(false);
    }

    public CollectionShape withTenants(DataType typeOfTheirNames, boolean isolated) {
        return withTenants(Optional.of(new Tenants(typeOfTheirNames, isolated)));
    }

    /** Those that it is created with. */
    Map<String, String> properties() {
        return tenants.filter(Tenants::isolated).map(all -> Map.of("partitionkey.isolation", "True")).orElse(Map.of());
    }

    boolean isSparse() {
        return type == DataType.SparseFloatVector;
    }

    CollectionSchema schema() {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder().addFields(FieldSchema.newBuilder()
                .setFieldID(100).setName(KEY)
                .setDataType(textKeys ? io.milvus.grpc.DataType.VarChar : io.milvus.grpc.DataType.Int64)
                .setIsPrimaryKey(true));
        vectors.forEach(name -> {
            FieldSchema.Builder field = schema.addFieldsBuilder().setFieldID(100L + schema.getFieldsCount())
                    .setName(name).setDataType(io.milvus.grpc.DataType.valueOf(type.name()));
            if (!isSparse()) {
                field.addTypeParams(
                        KeyValuePair.newBuilder().setKey("dim").setValue(Integer.toString(dimension)));
            }
        });
        numbers.forEach(name -> schema.addFieldsBuilder().setFieldID(100L + schema.getFieldsCount()).setName(name)
                .setDataType(io.milvus.grpc.DataType.Int64));
        tenants.ifPresent(all -> schema.addFieldsBuilder().setFieldID(100L + schema.getFieldsCount()).setName(TENANT)
                .setDataType(io.milvus.grpc.DataType.valueOf(all.type().name())).setIsPartitionKey(true));
        if (!analyzer.isEmpty()) {
            addText(schema);
        }
        if (partDimension > 0) {
            addStructs(schema);
        }
        return schema.build();
    }

    private void addText(CollectionSchema.Builder schema) {
        schema.addFieldsBuilder().setFieldID(100L + schema.getFieldsCount()).setName(TEXT)
                .setDataType(io.milvus.grpc.DataType.VarChar).addTypeParams(param("enable_analyzer", "true"))
                .addTypeParams(param("analyzer_params", "{\"type\": \"%s\"}".formatted(analyzer)));
        schema.addFieldsBuilder().setFieldID(100L + schema.getFieldsCount()).setName(TEXT_SPARSE)
                .setDataType(io.milvus.grpc.DataType.SparseFloatVector).setIsFunctionOutput(true);
        schema.addFunctionsBuilder().setName("words").setType(FunctionType.BM25).addInputFieldNames(TEXT)
                .addOutputFieldNames(TEXT_SPARSE);
    }

    private void addStructs(CollectionSchema.Builder schema) {
        schema.addStructArrayFieldsBuilder().setName("structs").addFields(FieldSchema.newBuilder().setName("part")
                .setDataType(io.milvus.grpc.DataType.ArrayOfVector)
                .setElementType(io.milvus.grpc.DataType.FloatVector)
                .addTypeParams(param("dim", Integer.toString(partDimension)))
                .addTypeParams(param("max_capacity", "10")));
    }

    private static KeyValuePair param(String key, String value) {
        return KeyValuePair.newBuilder().setKey(key).setValue(value).build();
    }
}
