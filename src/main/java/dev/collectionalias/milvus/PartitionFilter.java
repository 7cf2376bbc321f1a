package dev.collectionalias.milvus;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;

/**
 * The filter that a search needs in a collection with the property {@code partitionkey.isolation}. Since 2.4.7 Milvus refuses
 * every search there that does not ask for one value of the partition key.
 */
final class PartitionFilter {

    private static final String ISOLATION = "partitionkey.isolation";
    /** Milvus keeps the property as a client wrote it, and pymilvus writes True. */
    private static final Set<String> YES = Set.of("1", "t", "true");

    private PartitionFilter() {}

    /** The field that each search has to name a value of; empty if searches can do without. */
    static Optional<String> key(DescribeCollectionResp collection) {
        String isolation = collection.getProperties().getOrDefault(ISOLATION, "");
        return YES.contains(isolation.toLowerCase(Locale.ROOT))
                ? collection.getCollectionSchema().getFieldSchemaList().stream()
                        .filter(field -> Boolean.TRUE.equals(field.getIsPartitionKey())).map(FieldSchema::getName)
                        .findFirst()
                : Optional.empty();
    }

    /**
     * The expression that is true of the rows with this value.
     *
     * @param value of an Int64 or a VarChar; Milvus has no partition keys of other types
     */
    static String of(String key, Object value) {
        return key + " == " + literal(value);
    }

    /** A number or a text as expressions have it. */
    static String literal(Object value) {
        return value instanceof String text ? quoted(text) : value.toString();
    }

    /** Milvus reads a text as Go does. Between double quotes only these four can't stand for themselves. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }
}
