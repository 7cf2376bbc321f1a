package dev.collectionalias.milvus;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

import io.milvus.common.utils.Float16Utils;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.vector.request.data.BFloat16Vec;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.BinaryVec;
import io.milvus.v2.service.vector.request.data.Float16Vec;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.request.data.Int8Vec;
import io.milvus.v2.service.vector.request.data.SparseFloatVec;

/** Vectors as a search takes them. */
final class VectorSamples {

    private VectorSamples() {}

    /** Turns a vector from a query into one for a search. The SDK has different types for the two. */
    @SuppressWarnings("unchecked")
    static BaseVector searchable(DataType type, Object stored) {
        return switch (type) {
            case FloatVector -> new FloatVec((List<Float>) stored);
            case SparseFloatVector -> new SparseFloatVec((SortedMap<Long, Float>) stored);
            case BinaryVector -> new BinaryVec(bytes(stored));
            case Float16Vector -> new Float16Vec(bytes(stored));
            case BFloat16Vector -> new BFloat16Vec(bytes(stored));
            case Int8Vector -> new Int8Vec(bytes(stored));
            default -> throw new IllegalArgumentException(type + " is no vector");
        };
    }

    /** A vector that the field takes. It is not zero, as some metrics divide by its length. */
    static BaseVector ones(FieldSchema field) {
        return switch (field.getDataType()) {
            case FloatVector -> new FloatVec(floats(field));
            case SparseFloatVector -> new SparseFloatVec(new TreeMap<>(Map.of(1L, 1f)));
            case BinaryVector -> new BinaryVec(bytes(field.getDimension() / Byte.SIZE, -1));
            case Float16Vector -> new Float16Vec(Float16Utils.f32VectorToFp16Buffer(floats(field)));
            case BFloat16Vector -> new BFloat16Vec(Float16Utils.f32VectorToBf16Buffer(floats(field)));
            case Int8Vector -> new Int8Vec(bytes(field.getDimension(), 1));
            default -> throw new IllegalArgumentException(field.getDataType() + " is no vector");
        };
    }

    private static List<Float> floats(FieldSchema field) {
        return Collections.nCopies(field.getDimension(), 1f);
    }

    private static byte[] bytes(int length, int value) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) value);
        return bytes;
    }

    /** Reads from the beginning, because the SDK leaves the buffer at its end. */
    private static byte[] bytes(Object stored) {
        return ((ByteBuffer) stored).array();
    }
}
