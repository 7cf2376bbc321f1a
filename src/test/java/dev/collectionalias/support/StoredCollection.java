package dev.collectionalias.support;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldSchema;

/**
 * A collection of {@link InProcessMilvus}.
 *
 * @param loadedPercent 100 where it can be searched, below 0 where nobody asked for it to be loaded
 * @param replicas      the resource group of each; empty where nobody asked for it to be loaded
 * @param metric        of the index on each of its vector fields; empty where they have none
 * @param firstKey      the primary key of the first row; those of the others follow
 */
public record StoredCollection(long id, String name, long rows, int loadedPercent, List<String> replicas,
        CollectionSchema schema,
        Optional<String> metric, long firstKey, CollectionProperties properties) {

    public static final int NOT_LOADED = -1;
    static final int LOADED = 100;

    StoredCollection named(String newName) {
        return new StoredCollection(id, newName, rows, loadedPercent, replicas, schema, metric, firstKey, properties);
    }

    StoredCollection withRows(long newRows) {
        return new StoredCollection(id, name, newRows, loadedPercent, replicas, schema, metric, firstKey, properties);
    }

    StoredCollection loaded(int percent, List<String> inGroups) {
        return new StoredCollection(id, name, rows, percent, inGroups, schema, metric, firstKey, properties);
    }

    StoredCollection indexed(Optional<String> newMetric) {
        return new StoredCollection(id, name, rows, loadedPercent, replicas, schema, newMetric, firstKey, properties);
    }

    StoredCollection withFirstKey(long newFirstKey) {
        return new StoredCollection(id, name, rows, loadedPercent, replicas, schema, metric, newFirstKey, properties);
    }

    StoredCollection with(CollectionProperties newProperties) {
        return new StoredCollection(id, name, rows, loadedPercent, replicas, schema, metric, firstKey, newProperties);
    }

    FieldSchema field(String field) {
        return schema.getFieldsList().stream().filter(candidate -> candidate.getName().equals(field)).findFirst()
                .orElseThrow(() -> new ServerFailure(ServerFailure.INVALID_PARAMETER, "field %s not exist", field));
    }

    static boolean isVector(FieldSchema field) {
        return switch (field.getDataType()) {
            case FloatVector, BinaryVector, Float16Vector, BFloat16Vector, Int8Vector, SparseFloatVector -> true;
            default -> false;
        };
    }

    /** Its fields, and the parts of its structs by the names that indexes have them by. */
    Stream<FieldSchema> indexable() {
        return Stream.concat(schema.getFieldsList().stream(), schema.getStructArrayFieldsList().stream()
                .flatMap(struct -> struct.getFieldsList().stream().map(part -> part.toBuilder()
                        .setName(struct.getName() + "[" + part.getName() + "]").setDataType(part.getElementType())
                        .build())));
    }

    static int dimension(FieldSchema field) {
        return field.getDataType() == DataType.SparseFloatVector
                ? 0
                : field.getTypeParamsList().stream().filter(param -> param.getKey().equals("dim"))
                        .mapToInt(param -> Integer.parseInt(param.getValue())).findFirst().orElse(0);
    }
}
