package dev.collectionalias.support;

import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.google.protobuf.InvalidProtocolBufferException;
import io.milvus.grpc.AlterAliasRequest;
import io.milvus.grpc.AlterCollectionRequest;
import io.milvus.grpc.BoolResponse;
import io.milvus.grpc.CollectionSchema;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.CreateCollectionRequest;
import io.milvus.grpc.CreateDatabaseRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DescribeAliasResponse;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DescribeCollectionResponse;
import io.milvus.grpc.DescribeIndexRequest;
import io.milvus.grpc.DescribeIndexResponse;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropCollectionRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.GetCollectionStatisticsRequest;
import io.milvus.grpc.GetCollectionStatisticsResponse;
import io.milvus.grpc.GetLoadStateRequest;
import io.milvus.grpc.GetLoadStateResponse;
import io.milvus.grpc.GetLoadingProgressRequest;
import io.milvus.grpc.GetLoadingProgressResponse;
import io.milvus.grpc.GetReplicasRequest;
import io.milvus.grpc.GetReplicasResponse;
import io.milvus.grpc.GetVersionRequest;
import io.milvus.grpc.GetVersionResponse;
import io.milvus.grpc.HasCollectionRequest;
import io.milvus.grpc.IDs;
import io.milvus.grpc.IndexState;
import io.milvus.grpc.InsertRequest;
import io.milvus.grpc.KeyValuePair;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.ListAliasesResponse;
import io.milvus.grpc.ListDatabasesRequest;
import io.milvus.grpc.ListDatabasesResponse;
import io.milvus.grpc.LoadCollectionRequest;
import io.milvus.grpc.LoadState;
import io.milvus.grpc.LongArray;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceImplBase;
import io.milvus.grpc.MutationResult;
import io.milvus.grpc.QueryRequest;
import io.milvus.grpc.QueryResults;
import io.milvus.grpc.ReleaseCollectionRequest;
import io.milvus.grpc.RenameCollectionRequest;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.SearchResults;
import io.milvus.grpc.ServerInfo;
import io.milvus.grpc.ShowCollectionsRequest;
import io.milvus.grpc.ShowCollectionsResponse;
import io.milvus.grpc.Status;
import io.milvus.shaded.io.grpc.stub.StreamObserver;

/** Milvus' gRPC service on top of {@link MilvusState}: one method per call. */
final class InProcessMilvusService extends MilvusServiceImplBase {

    private final Supplier<String> version;
    private final ServerProfile profile;
    private final MilvusState state;
    private final AliasMentions mentions;
    private final CallDesk desk;

    InProcessMilvusService(Supplier<String> version, ServerProfile profile, MilvusState state, AliasMentions mentions,
            CallDesk desk) {
        this.version = version;
        this.profile = profile;
        this.state = state;
        this.mentions = mentions;
        this.desk = desk;
    }

    @Override
    public void connect(ConnectRequest request, StreamObserver<ConnectResponse> out) {
        desk.answer(Rpc.CONNECT, request, out, ConnectResponse.getDefaultInstance(), r -> ConnectResponse.newBuilder()
                .setIdentifier(1).setServerInfo(ServerInfo.newBuilder().setBuildTags(version.get())).build());
    }

    @Override
    public void getVersion(GetVersionRequest request, StreamObserver<GetVersionResponse> out) {
        desk.answer(Rpc.GET_VERSION, request, out, GetVersionResponse.getDefaultInstance(),
                r -> GetVersionResponse.newBuilder().setVersion(version.get()).build());
    }

    @Override
    public void createAlias(CreateAliasRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.CREATE_ALIAS, request, out,
                r -> state.createAlias(in(r.getDbName()), r.getAlias(), r.getCollectionName()));
    }

    @Override
    public void alterAlias(AlterAliasRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.ALTER_ALIAS, request, out,
                r -> state.alterAlias(in(r.getDbName()), r.getAlias(), r.getCollectionName()));
    }

    @Override
    public void dropAlias(DropAliasRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.DROP_ALIAS, request, out, r -> inDatabase(ServerFailure.UNEXPECTED, () -> {
            state.dropAlias(in(r.getDbName()), r.getAlias());
            return r;
        }));
    }

    @Override
    public void describeAlias(DescribeAliasRequest request, StreamObserver<DescribeAliasResponse> out) {
        desk.answer(Rpc.DESCRIBE_ALIAS, request, out, DescribeAliasResponse.getDefaultInstance(),
                r -> DescribeAliasResponse.newBuilder().setAlias(r.getAlias()).setDbName(in(r.getDbName()))
                        .setCollection(state.describeAlias(in(r.getDbName()), r.getAlias())).build());
    }

    @Override
    public void listAliases(ListAliasesRequest request, StreamObserver<ListAliasesResponse> out) {
        desk.answer(Rpc.LIST_ALIASES, request, out, ListAliasesResponse.getDefaultInstance(),
                r -> ListAliasesResponse.newBuilder().setDbName(in(r.getDbName()))
                        .setCollectionName(r.getCollectionName())
                        .addAllAliases(mentions.listed(state.listAliases(in(r.getDbName()), r.getCollectionName())))
                        .build());
    }

    @Override
    public void createCollection(CreateCollectionRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.CREATE_COLLECTION, request, out,
                r -> state.createCollection(in(r.getDbName()), r.getCollectionName(), schema(r)));
    }

    @Override
    public void dropCollection(DropCollectionRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.DROP_COLLECTION, request, out,
                r -> state.dropCollection(in(r.getDbName()), r.getCollectionName()));
    }

    @Override
    public void renameCollection(RenameCollectionRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.RENAME_COLLECTION, request, out,
                r -> state.renameCollection(in(r.getDbName()), r.getOldName(),
                        r.getNewDBName().isEmpty() ? in(r.getDbName()) : r.getNewDBName(), r.getNewName()));
    }

    @Override
    public void alterCollection(AlterCollectionRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.ALTER_COLLECTION, request, out,
                r -> state.alterCollection(in(r.getDbName()), r.getCollectionName(),
                        r.getPropertiesList().stream()
                                .collect(Collectors.toMap(KeyValuePair::getKey, KeyValuePair::getValue)),
                        r.getDeleteKeysList()));
    }

    @Override
    public void describeCollection(DescribeCollectionRequest request, StreamObserver<DescribeCollectionResponse> out) {
        desk.answer(Rpc.DESCRIBE_COLLECTION, request, out, DescribeCollectionResponse.getDefaultInstance(),
                r -> inDatabase(ServerFailure.COLLECTION_NOT_FOUND, () -> {
                    StoredCollection found = state.find(in(r.getDbName()), r.getCollectionName())
                            .orElseThrow(() -> profile.nothingToDescribe(MilvusState.named(in(r.getDbName())),
                                    r.getCollectionName()));
                    return DescribeCollectionResponse.newBuilder().setCollectionID(found.id())
                            .setCollectionName(r.getCollectionName())
                            .setSchema(found.schema().toBuilder().setName(found.name())).setShardsNum(1)
                            .setDbName(in(r.getDbName()))
                            .addAllAliases(mentions.described(found.name(),
                                    state.listAliases(in(r.getDbName()), found.name())))
                            .addAllProperties(properties(found))
                            .setUpdateTimestamp(found.properties().changedAt()).build();
                }));
    }

    private static List<KeyValuePair> properties(StoredCollection collection) {
        return collection.properties().values().entrySet().stream().map(property -> KeyValuePair.newBuilder()
                .setKey(property.getKey()).setValue(property.getValue()).build()).toList();
    }

    @Override
    public void hasCollection(HasCollectionRequest request, StreamObserver<BoolResponse> out) {
        desk.answer(Rpc.HAS_COLLECTION, request, out, BoolResponse.getDefaultInstance(), r -> BoolResponse.newBuilder()
                .setValue(state.find(in(r.getDbName()), r.getCollectionName()).isPresent()).build());
    }

    @Override
    public void showCollections(ShowCollectionsRequest request, StreamObserver<ShowCollectionsResponse> out) {
        desk.answer(Rpc.SHOW_COLLECTIONS, request, out, ShowCollectionsResponse.getDefaultInstance(), r -> {
            ShowCollectionsResponse.Builder response = ShowCollectionsResponse.newBuilder();
            state.collections(in(r.getDbName())).forEach(
                    collection -> response.addCollectionNames(collection.name()).addCollectionIds(collection.id()));
            return response.build();
        });
    }

    @Override
    public void loadCollection(LoadCollectionRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.LOAD_COLLECTION, request, out, r -> {
            if (state.collection(in(r.getDbName()), r.getCollectionName()).metric().isEmpty()) {
                throw indexNotFound(r.getCollectionName());
            }
            state.load(in(r.getDbName()), r.getCollectionName(), Math.max(1, r.getReplicaNumber()),
                    r.getResourceGroupsList());
        });
    }

    @Override
    public void releaseCollection(ReleaseCollectionRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.RELEASE_COLLECTION, request, out, r -> state.release(in(r.getDbName()), r.getCollectionName()));
    }

    @Override
    public void getReplicas(GetReplicasRequest request, StreamObserver<GetReplicasResponse> out) {
        desk.answer(Rpc.GET_REPLICAS, request, out, GetReplicasResponse.getDefaultInstance(), r -> {
            StoredCollection collection = state.collection(in(r.getDbName()), r.getCollectionName());
            if (collection.replicas().isEmpty() && profile.failsToTellReplicasOfWhatIsNotLoaded()) {
                throw new ServerFailure(ServerFailure.REPLICA_NOT_FOUND,
                        "failed to get replicas by collection: replica not found[replica=%d]", collection.id());
            }
            GetReplicasResponse.Builder response = GetReplicasResponse.newBuilder();
            collection.replicas().forEach(group -> response.addReplicasBuilder().setResourceGroupName(group));
            return response.build();
        });
    }

    @Override
    public void getLoadState(GetLoadStateRequest request, StreamObserver<GetLoadStateResponse> out) {
        desk.answer(Rpc.GET_LOAD_STATE, request, out, GetLoadStateResponse.getDefaultInstance(),
                r -> GetLoadStateResponse.newBuilder().setState(state.find(in(r.getDbName()), r.getCollectionName())
                        .map(InProcessMilvusService::loadState).orElse(LoadState.LoadStateNotExist)).build());
    }

    private static LoadState loadState(StoredCollection collection) {
        return switch (collection.loadedPercent()) {
            case StoredCollection.LOADED -> LoadState.LoadStateLoaded;
            case StoredCollection.NOT_LOADED -> LoadState.LoadStateNotLoad;
            default -> LoadState.LoadStateLoading;
        };
    }

    @Override
    public void getLoadingProgress(GetLoadingProgressRequest request, StreamObserver<GetLoadingProgressResponse> out) {
        desk.answer(Rpc.GET_LOADING_PROGRESS, request, out, GetLoadingProgressResponse.getDefaultInstance(),
                r -> GetLoadingProgressResponse.newBuilder().setProgress(Math.max(0,
                        state.collection(in(r.getDbName()), r.getCollectionName()).loadedPercent())).build());
    }

    @Override
    public void getCollectionStatistics(GetCollectionStatisticsRequest request,
            StreamObserver<GetCollectionStatisticsResponse> out) {
        desk.answer(Rpc.GET_COLLECTION_STATISTICS, request, out, GetCollectionStatisticsResponse.getDefaultInstance(),
                r -> {
                    long rows = state.collection(in(r.getDbName()), r.getCollectionName()).rows();
                    return GetCollectionStatisticsResponse.newBuilder()
                            .addStats(KeyValuePair.newBuilder().setKey("row_count").setValue(Long.toString(rows)))
                            .build();
                });
    }

    @Override
    public void describeIndex(DescribeIndexRequest request, StreamObserver<DescribeIndexResponse> out) {
        desk.answer(Rpc.DESCRIBE_INDEX, request, out, DescribeIndexResponse.getDefaultInstance(), r -> {
            StoredCollection collection = state.collection(in(r.getDbName()), r.getCollectionName());
            String metric = collection.metric().orElseThrow(() -> indexNotFound(r.getCollectionName()));
            DescribeIndexResponse.Builder response = DescribeIndexResponse.newBuilder();
            collection.indexable().filter(StoredCollection::isVector)
                    .filter(field -> r.getFieldName().isEmpty() || r.getFieldName().equals(field.getName()))
                    .forEach(field -> response.addIndexDescriptionsBuilder().setFieldName(field.getName())
                            .setIndexName(field.getName()).setState(IndexState.Finished).addParams(
                                    KeyValuePair.newBuilder().setKey("metric_type").setValue(metric)));
            return response.build();
        });
    }

    private static ServerFailure indexNotFound(String collection) {
        return new ServerFailure(ServerFailure.INDEX_NOT_FOUND, "index not found[collection=%s]", collection);
    }

    @Override
    public void query(QueryRequest request, StreamObserver<QueryResults> out) {
        desk.answer(Rpc.QUERY, request, out, QueryResults.getDefaultInstance(),
                r -> new StoredRows(state.searched(in(r.getDbName()), r.getCollectionName())).query(r));
    }

    @Override
    public void search(SearchRequest request, StreamObserver<SearchResults> out) {
        desk.answer(Rpc.SEARCH, request, out, SearchResults.getDefaultInstance(),
                r -> new StoredRows(state.searched(in(r.getDbName()), r.getCollectionName())).search(r,
                        profile.isolatesPartitionKeys()));
    }

    @Override
    public void insert(InsertRequest request, StreamObserver<MutationResult> out) {
        desk.answer(Rpc.INSERT, request, out, MutationResult.getDefaultInstance(), r -> {
            state.insert(in(r.getDbName()), r.getCollectionName(), Integer.toUnsignedLong(r.getNumRows()),
                    r.getSchemaTimestamp());
            return MutationResult.newBuilder().setIDs(keys(r)).setInsertCnt(Integer.toUnsignedLong(r.getNumRows()))
                    .setAcknowledged(true).build();
        });
    }

    private static IDs keys(InsertRequest request) {
        return IDs.newBuilder().setIntId(request.getFieldsDataList().stream()
                .filter(field -> field.getFieldName().equals(CollectionShape.KEY))
                .map(field -> field.getScalars().getLongData()).findFirst().orElse(LongArray.getDefaultInstance()))
                .build();
    }

    @Override
    public void createDatabase(CreateDatabaseRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.CREATE_DATABASE, request, out, r -> state.createDatabase(r.getDbName()));
    }

    @Override
    public void dropDatabase(DropDatabaseRequest request, StreamObserver<Status> out) {
        desk.change(Rpc.DROP_DATABASE, request, out, r -> state.dropDatabase(r.getDbName()));
    }

    @Override
    public void listDatabases(ListDatabasesRequest request, StreamObserver<ListDatabasesResponse> out) {
        desk.answer(Rpc.LIST_DATABASES, request, out, ListDatabasesResponse.getDefaultInstance(),
                r -> ListDatabasesResponse.newBuilder().addAllDbNames(state.databases()).build());
    }

    /** Alias calls of servers before 2.3.8 look at the request only (milvus#30368); this one does not tell them apart. */
    private static String in(String requested) {
        return requested.isEmpty() ? CallDatabase.named() : requested;
    }

    /** Some calls of old servers have a code of their own for a missing database. */
    private <A> A inDatabase(int oldCode, Supplier<A> action) {
        try {
            return action.get();
        } catch (ServerFailure failure) {
            if (failure.code() == ServerFailure.DATABASE_NOT_FOUND && !profile.hasOneCodeForAMissingDatabase()) {
                throw new ServerFailure(oldCode, "%s", failure.getMessage());
            }
            throw failure;
        }
    }

    private static CollectionSchema schema(CreateCollectionRequest request) {
        try {
            return CollectionSchema.parseFrom(request.getSchema());
        } catch (InvalidProtocolBufferException e) {
            throw new ServerFailure(ServerFailure.INVALID_PARAMETER, "unreadable schema: %s", e.getMessage());
        }
    }
}
