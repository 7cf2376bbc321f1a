package dev.collectionalias.milvus;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.SortedMap;

import io.milvus.v2.common.DataType;
import io.milvus.v2.service.vector.request.data.BFloat16Vec;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.BinaryVec;
import io.milvus.v2.service.vector.request.data.Float16Vec;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.request.data.Int8Vec;
import io.milvus.v2.service.vector.request.data.SparseFloatVec;

/** Turns a vector from a query into one that a search takes. The SDK has different types for the two. */
final class VectorSamples {

    private VectorSamples() {}

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

    /** Reads from the beginning, because the SDK leaves the buffer at its end. */
    private static byte[] bytes(Object stored) {
        return ((ByteBuffer) stored).array();
    }
}
