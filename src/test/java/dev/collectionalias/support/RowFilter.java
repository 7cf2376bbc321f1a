package dev.collectionalias.support;

import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.milvus.grpc.FieldSchema;
import io.milvus.v2.common.DataType;

/** The filters that {@link InProcessMilvus} understands: the rows of one tenant. */
final class RowFilter {

    private static final String ISOLATION = "partitionkey.isolation";
    private static final Pattern EQUALITY = Pattern.compile("(\\w+) == (-?\\d+|\"(?:[^\"\\\\\n\r]|\\\\.)*\")");

    private RowFilter() {}

    /** @return which rows, by number */
    static LongPredicate of(StoredCollection collection, String expression, boolean isolates) {
        if (expression.isEmpty()) {
            if (isolates && Boolean.parseBoolean(collection.properties().values().get(ISOLATION))) {
                throw new ServerFailure(ServerFailure.UNEXPECTED, "partition key not found in expr or the expr is "
                        + "invalid when validating partition key isolation");
            }
            return row -> true;
        }
        Matcher equality = EQUALITY.matcher(expression);
        if (!equality.matches()) {
            throw ServerFailure.invalidParameter("failed to create query plan: cannot parse expression: %s",
                    expression);
        }
        FieldSchema field = collection.field(equality.group(1));
        DataType type = DataType.valueOf(field.getDataType().name());
        Object wanted = value(equality.group(2));
        return row -> RowTenants.of(type, row).equals(wanted);
    }

    private static Object value(String literal) {
        return literal.startsWith("\"")
                ? literal.substring(1, literal.length() - 1).translateEscapes()
                : Long.valueOf(literal);
    }
}
