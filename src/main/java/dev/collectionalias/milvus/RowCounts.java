package dev.collectionalias.milvus;

import java.util.List;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.RowCount;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.GetCollectionStatsReq;
import io.milvus.v2.service.vector.request.QueryReq;

/** Counts the rows of collections. */
record RowCounts(ServerCalls calls, LoadStates loadStates) {

    private static final String COUNT = "count(*)";

    RowCount of(String collection) {
        switch (loadStates.of(collection).stage()) {
            case LOADED, SEARCHABLE -> {
                try {
                    return new RowCount(counted(collection), true);
                } catch (MilvusException e) {
                    if (e.kind() != Kind.NOT_LOADED) {
                        throw e;
                    }
                    // Somebody released it a moment ago.
                }
            }
            case NOT_LOADED, LOADING -> {
                // Only the statistics are left.
            }
        }
        return new RowCount(byStatistics(collection), false);
    }

    /** Counts all rows that were written until now. */
    private long counted(String collection) {
        Object count = calls.call("query " + COUNT + " of " + collection, sdk -> sdk.query(QueryReq.builder()
                .databaseName(calls.database()).collectionName(collection).outputFields(List.of(COUNT))
                .consistencyLevel(ConsistencyLevel.STRONG).build()).getQueryResults().getFirst().getEntity()
                .get(COUNT));
        return ((Number) count).longValue();
    }

    private long byStatistics(String collection) {
        return calls.call("getCollectionStatistics " + collection, sdk -> sdk.getCollectionStats(
                GetCollectionStatsReq.builder().databaseName(calls.database()).collectionName(collection).build())
                .getNumOfEntities());
    }
}
