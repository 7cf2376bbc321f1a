package dev.collectionalias.support;

import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.LongPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

import com.google.common.collect.Streams;
import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.grpc.DataType;
import io.milvus.grpc.FieldData;
import io.milvus.grpc.FieldSchema;
import io.milvus.grpc.FloatArray;
import io.milvus.grpc.IDs;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.PlaceholderGroup;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ScalarField;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResultData;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.SparseFloatArray;
import io.milvus.grpc.StringArray;
import io.milvus.grpc.VectorField;

/**
 * Answers queries and searches for one collection of {@link InProcessMilvus}, whose rows are not held but worked out:
 * the nearer the numbers of two rows, the nearer their vectors.
 */
final class StoredRows {

    private static final String COUNT = "count(*)";
    private static final Pattern KEYS = Pattern.compile(CollectionShape.KEY + " in (\\[.*\\])", Pattern.DOTALL);

    private static final Pattern FROM = Pattern.compile(CollectionShape.KEY + " >= (\\d+)");

    private final StoredCollection collection;

    /** @throws ServerFailure if it is not loaded */
    StoredRows(StoredCollection collection) {
        if (collection.loadedPercent() != StoredCollection.LOADED) {
            throw new ServerFailure(ServerFailure.COLLECTION_NOT_LOADED, "collection not loaded[collection=%s]",
                    collection.id());
        }
        this.collection = collection;
    }

    QueryResults query(QueryRequest request) {
        if (request.getOutputFieldsList().contains(COUNT)) {
            return QueryResults.newBuilder().addOutputFields(COUNT)
                    .addFieldsData(longs(COUNT, LongStream.of(collection.rows()))).build();
        }
        List<Integer> rows = wanted(request.getExpr()).limit(limit(request.getQueryParamsList(), "limit")).boxed()
                .toList();
        QueryResults.Builder results = QueryResults.newBuilder().addOutputFields(CollectionShape.KEY)
                .addFieldsData(keys(rows));
        request.getOutputFieldsList().stream().filter(field -> !field.equals(CollectionShape.KEY))
                .forEach(field -> results.addOutputFields(field).addFieldsData(values(collection.field(field), rows)));
        return results.build();
    }

    /** All rows, those of the keys that {@code id in [...]} lists, or those from a key on. */
    private IntStream wanted(String filter) {
        IntStream all = IntStream.range(0, (int) collection.rows());
        if (filter.isEmpty()) {
            return all;
        }
        Matcher from = FROM.matcher(filter);
        if (from.matches()) {
            long first = Long.parseLong(from.group(1));
            return all.filter(row -> key(row) >= first);
        }
        Matcher keys = KEYS.matcher(filter);
        if (!keys.matches()) {
            throw new ServerFailure(ServerFailure.INVALID_PARAMETER, "cannot parse expression: %s", filter);
        }
        Set<String> listed = Streams.stream(JsonParser.parseString(keys.group(1)).getAsJsonArray())
                .map(JsonElement::getAsString).collect(Collectors.toSet());
        return all.filter(row -> listed
                .contains(hasTextKeys() ? CollectionShape.text(key(row)) : Long.toString(key(row))));
    }

    private boolean hasTextKeys() {
        return collection.field(CollectionShape.KEY).getDataType() == DataType.VarChar;
    }

    private FieldData keys(List<Integer> rows) {
        if (!hasTextKeys()) {
            return longs(CollectionShape.KEY, rows.stream().mapToLong(this::key));
        }
        StringArray.Builder texts = StringArray.newBuilder();
        rows.forEach(row -> texts.addData(CollectionShape.text(key(row))));
        return FieldData.newBuilder().setFieldName(CollectionShape.KEY).setType(DataType.VarChar)
                .setScalars(ScalarField.newBuilder().setStringData(texts)).build();
    }

    private static FieldData values(FieldSchema field, List<Integer> rows) {
        if (StoredCollection.isVector(field)) {
            return vectors(field, rows);
        }
        return field.getName().equals(CollectionShape.TENANT)
                ? tenants(field, rows)
                : longs(field.getName(), rows.stream().mapToLong(row -> row));
    }

    /** @param isolates whether a collection may want a filter */
    SearchResults search(SearchRequest request, boolean isolates) {
        LongPredicate filter = RowFilter.of(collection, request.getDsl(), isolates);
        FieldSchema field = collection.field(parameter(request.getSearchParamsList(), "anns_field"));
        long limit = limit(request.getSearchParamsList(), "topk");
        List<ByteString> searched = vectors(request);
        SearchResultData.Builder results = SearchResultData.newBuilder().setNumQueries(searched.size())
                .setTopK(limit).setPrimaryFieldName(CollectionShape.KEY);
        LongArray.Builder keys = LongArray.newBuilder();
        for (ByteString vector : searched) {
            int wanted = RowVectors.row(type(field), vector);
            List<Long> found = nearest(wanted, limit, filter);
            results.addTopks(found.size());
            found.forEach(row -> {
                keys.addData(key(row));
                results.addScores((float) Math.abs(row - wanted));
            });
        }
        return SearchResults.newBuilder().setResults(results.setIds(IDs.newBuilder().setIntId(keys))).build();
    }

    private List<Long> nearest(long wanted, long limit, LongPredicate filter) {
        long most = limit * RowTenants.COUNT;
        return LongStream.rangeClosed(wanted - most, wanted + most).filter(row -> row >= 0 && row < collection.rows())
                .filter(filter).boxed().sorted(Comparator.comparingLong(row -> Math.abs(row - wanted))).limit(limit)
                .toList();
    }

    private long key(long row) {
        return collection.firstKey() + row;
    }

    private static FieldData longs(String name, LongStream values) {
        LongArray.Builder array = LongArray.newBuilder();
        values.forEach(array::addData);
        return FieldData.newBuilder().setFieldName(name).setType(DataType.Int64)
                .setScalars(ScalarField.newBuilder().setLongData(array)).build();
    }

    private static FieldData tenants(FieldSchema field, List<Integer> rows) {
        List<Object> all = rows.stream().map(row -> RowTenants.of(type(field), row)).toList();
        if (field.getDataType() == DataType.Int64) {
            return longs(field.getName(), all.stream().mapToLong(tenant -> (Long) tenant));
        }
        StringArray.Builder texts = StringArray.newBuilder();
        all.forEach(tenant -> texts.addData((String) tenant));
        return FieldData.newBuilder().setFieldName(field.getName()).setType(field.getDataType())
                .setScalars(ScalarField.newBuilder().setStringData(texts)).build();
    }

    private static FieldData vectors(FieldSchema field, List<Integer> rows) {
        int dimension = StoredCollection.dimension(field);
        VectorField.Builder vectors = VectorField.newBuilder().setDim(dimension);
        switch (field.getDataType()) {
            case FloatVector -> {
                FloatArray.Builder all = FloatArray.newBuilder();
                rows.forEach(row -> all.addAllData(RowVectors.floats(dimension, row)));
                vectors.setFloatVector(all);
            }
            case SparseFloatVector -> {
                SparseFloatArray.Builder all = SparseFloatArray.newBuilder();
                rows.forEach(row -> all.addContents(bytes(field, row)));
                vectors.setSparseFloatVector(all);
            }
            case BinaryVector -> vectors.setBinaryVector(allBytes(field, rows));
            case Float16Vector -> vectors.setFloat16Vector(allBytes(field, rows));
            default -> throw new IllegalArgumentException("no test has vectors of " + field.getDataType());
        }
        return FieldData.newBuilder().setFieldName(field.getName()).setType(field.getDataType()).setVectors(vectors)
                .build();
    }

    private static ByteString allBytes(FieldSchema field, List<Integer> rows) {
        return ByteString.copyFrom(rows.stream().map(row -> bytes(field, row)).toList());
    }

    private static ByteString bytes(FieldSchema field, int row) {
        return RowVectors.bytes(type(field), StoredCollection.dimension(field), row);
    }

    private static io.milvus.v2.common.DataType type(FieldSchema field) {
        return io.milvus.v2.common.DataType.valueOf(field.getDataType().name());
    }

    private static List<ByteString> vectors(SearchRequest request) {
        try {
            return PlaceholderGroup.parseFrom(request.getPlaceholderGroup()).getPlaceholders(0).getValuesList();
        } catch (InvalidProtocolBufferException e) {
            throw new ServerFailure(ServerFailure.INVALID_PARAMETER, "unreadable vectors: %s", e.getMessage());
        }
    }

    private static long limit(List<KeyValuePair> parameters, String name) {
        return Long.parseLong(parameter(parameters, name));
    }

    private static String parameter(List<KeyValuePair> parameters, String name) {
        return parameters.stream().filter(parameter -> parameter.getKey().equals(name)).map(KeyValuePair::getValue)
                .findFirst().orElseThrow(() -> new ServerFailure(ServerFailure.INVALID_PARAMETER,
                        "%s is missing", name));
    }
}
