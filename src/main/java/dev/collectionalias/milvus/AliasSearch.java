package dev.collectionalias.milvus;

import static java.lang.String.format;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.AliasTrial.Call;
import dev.collectionalias.plan.seen.AliasTrial.Queried;
import dev.collectionalias.plan.seen.AliasTrial.Refused;
import dev.collectionalias.plan.seen.AliasTrial.Searched;
import dev.collectionalias.plan.seen.AliasTrial.Unsearchable;
import dev.collectionalias.plan.seen.Loading;
import io.milvus.common.clientenum.FunctionType;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.common.DataType;
import io.milvus.v2.service.collection.request.CreateCollectionReq.CollectionSchema;
import io.milvus.v2.service.collection.request.CreateCollectionReq.FieldSchema;
import io.milvus.v2.service.collection.response.DescribeCollectionResp;
import io.milvus.v2.service.vector.request.QueryReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.BaseVector;
import io.milvus.v2.service.vector.request.data.EmbeddedText;

/** Searches through an alias with a vector made up for it, as an application would. Tries a query where it can't search. */
record AliasSearch(ServerCalls calls, LoadStates loadStates, CollectionSchemas schemas) {

    /** Any word will do: the operator does not look at the hits. */
    private static final String WORD = "milvus";

    AliasTrial through(String alias) {
        Optional<DescribeCollectionResp> collection;
        try {
            collection = schemas.whole(alias);
        } catch (MilvusException e) {
            if (e.kind() == Kind.UNREADABLE) {
                return query(alias, e.getMessage());
            }
            throw e;
        }
        return collection.map(found -> search(alias, found))
                .orElseGet(() -> new Unsearchable(format("there is no collection behind %s", alias)));
    }

    /**
     * Goes on to the next vector field only if the server refuses a search by one. Somebody may have loaded the
     * collection without that field, or without an index of it.
     */
    private AliasTrial search(String alias, DescribeCollectionResp collection) {
        CollectionSchema schema = collection.getCollectionSchema();
        Optional<Refused> refused = Optional.empty();
        try {
            String filter = PartitionFilter.key(collection).map(key -> filter(alias, schema.getField(key))).orElse("");
            for (FieldSchema field : schema.getFieldSchemaList().stream().filter(CollectionSchemas::isVector)
                    .toList()) {
                Optional<Refused> refusal = search(alias, field, vector(field, schema), filter);
                if (refusal.isEmpty()) {
                    return new Searched();
                }
                refused = refused.or(() -> refusal);
            }
        } catch (MilvusException e) {
            return switch (e.kind()) {
                case PERMISSION_DENIED, INVALID_REQUEST, UNREADABLE -> query(alias, e.getMessage());
                default -> refused(Call.QUERY, e);
            };
        }
        return refused.<AliasTrial>map(refusal -> refusal)
                .orElseGet(() -> query(alias, "the collection has no vector field"));
    }

    private Optional<Refused> search(String alias, FieldSchema field, BaseVector vector, String filter) {
        try {
            calls.call("search " + alias, sdk -> sdk.search(SearchReq.builder().databaseName(calls.database())
                    .collectionName(alias).annsField(field.getName()).data(List.of(vector)).filter(filter).limit(1)
                    .consistencyLevel(ConsistencyLevel.EVENTUALLY).build()));
            return Optional.empty();
        } catch (MilvusException e) {
            return Optional.of(refused(Call.SEARCH, e));
        }
    }

    /** A server that gives no answer at all, or asks for patience, has refused nothing. */
    private static Refused refused(Call call, MilvusException failure) {
        return switch (failure.kind()) {
            case NOT_LOADED, NO_INDEX, COLLECTION_NOT_FOUND, QUOTA_EXCEEDED, SERVER_ERROR ->
                new Refused(call, failure.getMessage());
            default -> throw failure;
        };
    }

    /** Any value will do. In an empty collection, a search finds nothing by any. */
    private String filter(String alias, FieldSchema key) {
        Object value = calls
                .call("query " + alias, sdk -> sdk.query(QueryReq.builder().databaseName(calls.database())
                        .collectionName(alias).outputFields(List.of(key.getName())).limit(1)
                        .consistencyLevel(ConsistencyLevel.EVENTUALLY).build()))
                .getQueryResults().stream().map(row -> row.getEntity().get(key.getName())).filter(Objects::nonNull)
                .findFirst()
                .orElse(key.getDataType() == DataType.VarChar ? "" : (Object) 0);
        return PartitionFilter.of(key.getName(), value);
    }

    /** Milvus computes the vectors of a full-text search itself, out of a text. */
    private static BaseVector vector(FieldSchema field, CollectionSchema schema) {
        boolean fullText = schema.getFunctionList().stream()
                .anyMatch(function -> function.getFunctionType() == FunctionType.BM25
                        && function.getOutputFieldNames().contains(field.getName()));
        return fullText ? new EmbeddedText(WORD) : VectorSamples.ones(field);
    }

    private AliasTrial query(String alias, String whyNoSearch) {
        Loading loading = loadStates.probe(alias);
        return switch (loading.stage()) {
            case SEARCHABLE -> new Queried(whyNoSearch);
            case LOADED -> new Refused(Call.QUERY, loading.obstacle());
            case LOADING, NOT_LOADED -> new Unsearchable(format("the collection behind %s is not loaded", alias));
        };
    }
}
