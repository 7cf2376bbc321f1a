package dev.collectionalias.support;

import java.util.List;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FunctionType;
import io.milvus.grpc.KeyValuePair;
import io.milvus.v2.common.DataType;
import io.milvus.v2.common.IndexParam.MetricType;

/**
 * What a collection of a test is like: a primary key {@code id} and vectors that differ from row to row, and that are
 * the same in the same row of each collection of the same type.
 *
 * @param vectors   the names of the vector fields
 * @param dimension ignored for sparse vectors
 * @param indexed   whether there is an index on each of them; one is needed for loading
 * @param firstKey  the primary key of the first row; those of the others follow
 * @param numbers   the names of further fields, of integers
 * @param analyzer  takes the field {@code text} apart, out of which a function computes {@code text_sparse}; empty for
 *                  none of them
 * @param partDimension of the vector {@code part} in the array of structs {@code structs}; 0 for none
 */
public record CollectionShape(List<String> vectors, DataType type, int dimension, MetricType metric, boolean indexed,
        long firstKey, List<String> numbers, String analyzer, int partDimension) {

    public static final String KEY = "id";
    public static final String VECTOR = "vector";
    static final String TEXT = "text";
    static final String TEXT_SPARSE = "text_sparse";
    /** What collections are like unless a test says otherwise. */
    public static final CollectionShape PLAIN = new CollectionShape(List.of(VECTOR), DataType.FloatVector, 4,
            MetricType.L2, true, 0, List.of(), "", 0);
    public static final CollectionShape BINARY = new CollectionShape(List.of(VECTOR), DataType.BinaryVector, 32,
            MetricType.HAMMING, true, 0, List.of(), "", 0);
    public static final CollectionShape SPARSE = new CollectionShape(List.of(VECTOR), DataType.SparseFloatVector, 0,
            MetricType.IP, true, 0, List.of(), "", 0);
    public static final CollectionShape HALF = new CollectionShape(List.of(VECTOR), DataType.Float16Vector, 4,
            MetricType.L2, true, 0, List.of(), "", 0);

    public CollectionShape withVectors(String... names) {
        return new CollectionShape(List.of(names), type, dimension, metric, indexed, firstKey, numbers, analyzer,
                partDimension);
    }

    public CollectionShape withDimension(int newDimension) {
        return new CollectionShape(vectors, type, newDimension, metric, indexed, firstKey, numbers, analyzer,
                partDimension);
    }

    public CollectionShape withMetric(MetricType newMetric) {
        return new CollectionShape(vectors, type, dimension, newMetric, indexed, firstKey, numbers, analyzer,
                partDimension);
    }

    public CollectionShape withoutIndex() {
        return new CollectionShape(vectors, type, dimension, metric, false, firstKey, numbers, analyzer,
                partDimension);
    }

    /** With other keys the same searches find other rows. */
    public CollectionShape withFirstKey(long key) {
        return new CollectionShape(vectors, type, dimension, metric, indexed, key, numbers, analyzer,
                partDimension);
    }

    public CollectionShape withNumbers(String... names) {
        return new CollectionShape(vectors, type, dimension, metric, indexed, firstKey, List.of(names), analyzer,
                partDimension);
    }

    /** A collection of it has no rows. */
    public CollectionShape withText(String newAnalyzer) {
        return new CollectionShape(vectors, type, dimension, metric, indexed, firstKey, numbers, newAnalyzer,
                partDimension);
    }

    /** A collection of it has no rows. */
    public CollectionShape withStructs(int dimensionOfPart) {
        return new CollectionShape(vectors, type, dimension, metric, indexed, firstKey, numbers, analyzer,
                dimensionOfPart);
    }

    boolean isSparse() {
        return type == DataType.SparseFloatVector;
    }

    CollectionSchema schema() {
        CollectionSchema.Builder schema = CollectionSchema.newBuilder().addFields(FieldSchema.newBuilder()
                .setFieldID(100).setName(KEY).setDataType(io.milvus.grpc.DataType.Int64).setIsPrimaryKey(true));
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
