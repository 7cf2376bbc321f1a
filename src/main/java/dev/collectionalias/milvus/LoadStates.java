package dev.collectionalias.milvus;

import java.util.List;
import java.util.Set;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Loading.Stage;
import dev.collectionalias.plan.seen.Replicas;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.LoadCollectionReq;
import io.milvus.v2.service.collection.request.ReleaseCollectionReq;
import io.milvus.v2.service.collection.response.GetLoadStateResp;
import io.milvus.v2.service.vector.request.QueryReq;

/** Loads collections, releases them, and reads how far loading has come. */
record LoadStates(ServerCalls calls) {

    private static final Set<String> DEFAULT_GROUP = Set.of("__default_resource_group", "");

    Loading of(String collection) {
        GetLoadStateResp answer;
        try {
            answer = calls.call("getLoadState " + collection, sdk -> sdk.getLoadStateV2(
                    GetLoadStateReq.builder().databaseName(calls.database()).collectionName(collection).build()));
        } catch (MilvusException e) {
            return withoutAnswer(e);
        }
        return switch (answer.getState()) {
            case LoadStateLoaded -> Loading.LOADED;
            case LoadStateLoading -> {
                Long percent = answer.getProgress();
                yield new Loading(Stage.LOADING, percent == null ? 0 : percent.intValue(), "");
            }
            default -> Loading.NOT_LOADED;
        };
    }

    /** Servers report a missing collection in different ways. A collection that failed to load says why. */
    private static Loading withoutAnswer(MilvusException failure) {
        return switch (failure.kind()) {
            case COLLECTION_NOT_FOUND -> Loading.NOT_LOADED;
            case NOT_LOADED -> new Loading(Stage.NOT_LOADED, 0, failure.getMessage());
            case SERVER_ERROR -> {
                if (!failure.getMessage().contains("exist")) {
                    throw failure;
                }
                yield Loading.NOT_LOADED;
            }
            default -> throw failure;
        };
    }

    /** Like {@link #of}, but sends a query to a loaded collection to find out whether it answers. */
    Loading probe(String collection) {
        Loading loading = of(collection);
        if (loading.stage() != Stage.LOADED) {
            return loading;
        }
        try {
            // The SDK asks for all fields unless it is told not to. A server gives the primary key in any case, and Milvus Lite
            // gives all fields.
            calls.call("query " + collection,
                    sdk -> sdk.query(QueryReq.builder().databaseName(calls.database()).collectionName(collection)
                            .outputFields(List.of()).limit(1).consistencyLevel(ConsistencyLevel.EVENTUALLY).build()));
            return Loading.SEARCHABLE;
        } catch (MilvusException e) {
            if (Set.of(Kind.NOT_LOADED, Kind.QUOTA_EXCEEDED, Kind.SERVER_ERROR).contains(e.kind())) {
                return new Loading(Stage.LOADED, Loading.LOADED.percent(), e.getMessage());
            }
            throw e;
        }
    }

    Replicas replicas(String collection) {
        try {
            return new Replicas.Known(calls.call("getReplicas " + collection,
                    sdk -> sdk.resourceGroupsOfReplicas(calls.database(), collection)));
        } catch (MilvusException e) {
            return switch (e.kind()) {
                case NOT_LOADED, COLLECTION_NOT_FOUND -> Replicas.NONE;
                case UNSUPPORTED, PERMISSION_DENIED, UNREADABLE, SERVER_ERROR ->
                    new Replicas.Untold(e.getMessage());
                default -> throw e;
            };
        }
    }

    /** Names one group, or one for each replica: a server takes nothing else. It needs no name for its default group. */
    void load(String collection, List<String> resourceGroups) {
        LoadCollectionReq.LoadCollectionReqBuilder request = LoadCollectionReq.builder()
                .databaseName(calls.database()).collectionName(collection).sync(false)
                .numReplicas(Math.max(1, resourceGroups.size()));
        if (!DEFAULT_GROUP.containsAll(resourceGroups)) {
            List<String> distinct = resourceGroups.stream().distinct().toList();
            request.resourceGroups(distinct.size() == 1 ? distinct : resourceGroups);
        }
        calls.change("loadCollection " + collection, sdk -> sdk.loadCollection(request.build()));
    }

    void release(String collection) {
        calls.change("releaseCollection " + collection, sdk -> sdk.releaseCollection(
                ReleaseCollectionReq.builder().databaseName(calls.database()).collectionName(collection).build()));
    }
}
