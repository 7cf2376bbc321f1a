package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.util.List;
import java.util.Objects;

import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;

/** Chooses the vector field by which the operator compares two collections. */
final class VectorField {

    /** The outcome of the choice. */
    sealed interface Choice {}

    record Usable(FieldSchema field) implements Choice {}

    /** No vector of the active collection can be searched in the candidate. */
    record Unusable(String why) implements Choice {}

    private VectorField() {}

    /** @param wanted the field's name; empty: the only vector field */
    static Choice choose(String wanted, String active, CollectionSchema activeSchema, String candidate,
            CollectionSchema candidateSchema) {
        List<FieldSchema> vectors = activeSchema.getFieldSchemaList().stream().filter(CollectionSchemas::isVector)
                .toList();
        List<FieldSchema> chosen = vectors.stream()
                .filter(field -> wanted.isEmpty() || field.getName().equals(wanted)).toList();
        if (chosen.isEmpty()) {
            return new Unusable(format("%s has no vector field%s", active, wanted.isEmpty() ? "" : " " + wanted));
        }
        if (chosen.size() > 1) {
            return new Unusable(format("%s has several vector fields (%s); name one in search.vectorField", active,
                    String.join(", ", vectors.stream().map(FieldSchema::getName).toList())));
        }
        FieldSchema field = chosen.getFirst();
        if (isComputed(field.getName(), activeSchema)) {
            return new Unusable(format("field %s of %s is computed by a function; Milvus does not give its vectors out",
                    field.getName(), active));
        }
        return candidateSchema.getFieldSchemaList().stream().filter(other -> other.getName().equals(field.getName()))
                .findFirst().<Choice>map(other -> compare(field, other, candidate))
                .orElseGet(() -> new Unusable(format("%s has no field %s", candidate, field.getName())));
    }

    private static Choice compare(FieldSchema active, FieldSchema candidate, String candidateName) {
        if (active.getDataType() != candidate.getDataType()
                || !Objects.equals(active.getDimension(), candidate.getDimension())) {
            return new Unusable(format("field %s of %s is %s instead of %s", active.getName(), candidateName,
                    text(candidate), text(active)));
        }
        return new Usable(active);
    }

    /** Milvus does not give such a field out. */
    static boolean isComputed(String field, CollectionSchema schema) {
        return schema.getFunctionList().stream().anyMatch(function -> function.getOutputFieldNames().contains(field));
    }

    private static String text(FieldSchema field) {
        return field.getDimension() == null
                ? field.getDataType().name()
                : field.getDataType() + " of dimension " + field.getDimension();
    }
}
