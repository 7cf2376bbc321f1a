package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A collection's fields, as far as clients depend on them.
 *
 * @param dynamic   whether rows may have fields that are not listed
 * @param functions compute fields out of others
 */
public record Schema(List<Field> fields, boolean dynamic, List<Function> functions) {

    public Schema {
        fields = List.copyOf(fields);
        functions = List.copyOf(functions);
    }

    public Schema(List<Field> fields, boolean dynamic) {
        this(fields, dynamic, List.of());
    }

    /**
     * One field. Each part of an array of structs is a field, too.
     *
     * @param name      of a part, as Milvus writes it: {@code struct[part]}
     * @param type      in Milvus' own words, for an array with the type of its elements
     * @param dimension of a vector field that has a fixed one
     * @param metric    that a vector field is indexed with, if it is indexed
     * @param analysis  the settings by which the server takes a text apart, by their names
     */
    public record Field(String name, String type, Optional<Integer> dimension, boolean primaryKey, boolean nullable,
            Optional<String> metric, Map<String, String> analysis) {

        public Field {
            analysis = Map.copyOf(analysis);
        }

        public Field(String name, String type, Optional<Integer> dimension, boolean primaryKey, boolean nullable,
                Optional<String> metric) {
            this(name, type, dimension, primaryKey, nullable, metric, Map.of());
        }
    }

    /**
     * A function of the server.
     *
     * @param type in Milvus' own words
     */
    public record Function(String type, List<String> inputs, List<String> outputs, Map<String, String> params) {

        public Function {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
            params = Map.copyOf(params);
        }
    }

    public Optional<Field> field(String name) {
        return fields.stream().filter(field -> field.name().equals(name)).findFirst();
    }

    /** The function that computes these fields. Its name does not matter to clients. */
    public Optional<Function> functionOf(List<String> outputs) {
        return functions.stream().filter(function -> function.outputs().equals(outputs)).findFirst();
    }
}
