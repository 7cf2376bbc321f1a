package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Optional;

/**
 * A collection's fields, as far as clients depend on them.
 *
 * @param dynamic whether rows may have fields that are not listed
 */
public record Schema(List<Field> fields, boolean dynamic) {

    public Schema {
        fields = List.copyOf(fields);
    }

    /**
     * One field.
     *
     * @param type      in Milvus' own words, for an array with the type of its elements
     * @param dimension of a vector field that has a fixed one
     * @param metric    that a vector field is indexed with, if it is indexed
     */
    public record Field(String name, String type, Optional<Integer> dimension, boolean primaryKey, boolean nullable,
            Optional<String> metric) {}

    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
