package dev.collectionalias.support;

import java.util.List;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.FieldSchema;
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
 * @param textKeys  whether the primary keys are texts, with all that has to be quoted
 */
public record CollectionShape(List<String> vectors, DataType type, int dimension, MetricType metric, boolean indexed,
        long firstKey, List<String> numbers, boolean textKeys) {

    public static final String KEY = "id";
    public static final String VECTOR = "vector";
    /** What collections are like unless a test says otherwise. */
    public static final CollectionShape PLAIN = new CollectionShape(List.of(VECTOR), DataType.FloatVector, 4,
            MetricType.L2, true, 0, List.of(), false);
    public static final CollectionShape BINARY = new CollectionShape(List.of(VECTOR), DataType.BinaryVector, 32,
            MetricType.HAMMING, true, 0, List.of(), false);
    public static final CollectionShape SPARSE = new CollectionShape(List.of(VECTOR), DataType.SparseFloatVector, 0,
            MetricType.IP, true, 0, List.of(), false);
    public static final CollectionShape HALF = new CollectionShape(List.of(VECTOR), DataType.Float16Vector, 4,
            MetricType.L2, true, 0, List.of(), false);

    public CollectionShape withVectors(String... names) {
        return new CollectionShape(List.of(names), type, dimension, metric, indexed, firstKey, numbers, textKeys);
    }

    public CollectionShape withDimension(int newDimension) {
        return new CollectionShape(vectors, type, newDimension, metric, indexed, firstKey, numbers, textKeys);
    }

    public CollectionShape withMetric(MetricType newMetric) {
        return new CollectionShape(vectors, type, dimension, newMetric, indexed, firstKey, numbers, textKeys);
    }

    public CollectionShape withoutIndex() {
        return new CollectionShape(vectors, type, dimension, metric, false, firstKey, numbers, textKeys);
    }

    /** With other keys the same searches find other rows. */
    public CollectionShape withFirstKey(long key) {
        return new CollectionShape(vectors, type, dimension, metric, indexed, key, numbers, textKeys);
    }

    public CollectionShape withNumbers(String... names) {
        return new CollectionShape(vectors, type, dimension, metric, indexed, firstKey, List.of(names), textKeys);
    }

    public CollectionShape withTextKeys() {
        return new CollectionShape(vectors, type, dimension, metric, indexed, firstKey, numbers, true);
    }

    /** A text that tells its number. */
    static String text(long key) {
        return "it's\t\"%d\" \\ \u00fc\u4e2d\n".formatted(key);
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
        return schema.build();
    }
}
