package dev.collectionalias.support;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import com.google.protobuf.ByteString;
import io.milvus.common.utils.Float16Utils;
import io.milvus.v2.common.DataType;

/** The vectors of a test's rows: each is made of its row's number, and tells it. */
final class RowVectors {

    private RowVectors() {}

    /** As the SDK wants it in an insert. */
    static Object of(DataType type, int dimension, int row) {
        return switch (type) {
            case FloatVector -> floats(dimension, row);
            case Float16Vector -> half(dimension, row).array();
            case BinaryVector -> binary(dimension, row);
            case SparseFloatVector -> new TreeMap<>(Map.of(row + 1L, 1f));
            default -> throw new IllegalArgumentException("no test has vectors of " + type);
        };
    }

    static List<Float> floats(int dimension, int row) {
        return IntStream.range(0, dimension).mapToObj(i -> (float) (row + i)).toList();
    }

    private static ByteBuffer half(int dimension, int row) {
        return Float16Utils.f32VectorToFp16Buffer(floats(dimension, row));
    }

    private static byte[] binary(int dimension, int row) {
        return ByteBuffer.allocate(dimension / Byte.SIZE).putInt(row).array();
    }

    /** As Milvus sends and takes it. */
    static ByteString bytes(DataType type, int dimension, int row) {
        return switch (type) {
            case Float16Vector -> ByteString.copyFrom(half(dimension, row).array());
            case BinaryVector -> ByteString.copyFrom(binary(dimension, row));
            case SparseFloatVector -> ByteString.copyFrom(
                    ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putInt(row + 1).putFloat(1).array());
            default -> throw new IllegalArgumentException(type + " is not sent as bytes");
        };
    }

    /** The number of the row that a search looks for. */
    static int row(DataType type, ByteString searched) {
        ByteBuffer bytes = ByteBuffer.wrap(searched.toByteArray());
        return switch (type) {
            case FloatVector -> Math.round(bytes.order(ByteOrder.LITTLE_ENDIAN).getFloat());
            case Float16Vector -> Math.round(Float16Utils.fp16BufferToVector(bytes.order(ByteOrder.LITTLE_ENDIAN))
                    .getFirst());
            case BinaryVector -> bytes.getInt();
            case SparseFloatVector -> bytes.order(ByteOrder.LITTLE_ENDIAN).getInt() - 1;
            default -> throw new IllegalArgumentException("no test has vectors of " + type);
        };
    }
}
