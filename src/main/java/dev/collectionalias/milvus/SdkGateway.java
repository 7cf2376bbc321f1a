package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

import dev.collectionalias.milvus.MilvusException.Kind;
import io.milvus.grpc.LoadState;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.GetLoadStateReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;

/**
 * The gateway on top of the Milvus SDK: bridges what servers differ in. Two of one client and deadline are equal.
 *
 * @param deadline for each call
 */
record SdkGateway(MilvusClient client, MilvusClientV2 sdk, Duration deadline) implements MilvusGateway {
    private static final String DEFAULT_DATABASE = "default";

    @Override
    public Optional<String> describeAlias(String database, String alias) {
        return found(database, () -> call("describeAlias " + alias, () -> sdk
                .describeAlias(DescribeAliasReq.builder().databaseName(database).alias(alias).build())
                .getCollectionName()));
    }

    @Override
    public List<String> listAliases(String database) {
        return listAliases(database, "");
    }

    @Override
    public List<String> listAliases(String database, String collection) {
        return found(database, () -> call("listAliases " + collection, () -> sdk
                .listAliases(ListAliasesReq.builder().databaseName(database).collectionName(collection).build())
                .getAlias())).orElse(List.of());
    }

    @Override
    public Optional<String> collectionId(String database, String collection) {
        try {
            return found(database,
                    () -> call("describeCollection " + collection,
                            () -> String.valueOf(sdk.describeCollection(DescribeCollectionReq.builder()
                                    .databaseName(database).collectionName(collection).build())
                                    .getCollectionID())));
        } catch (MilvusException e) {
            // The SDK can't read every collection (one of consistency "Customized", for example).
            if (e.kind() == Kind.SERVER_ERROR && e.getCause() != null && hasCollection(database, collection)) {
                return Optional.of("0");
            }
            throw e;
        }
    }

    private boolean hasCollection(String database, String collection) {
        return call("hasCollection " + collection, () -> sdk.hasCollection(
                HasCollectionReq.builder().databaseName(database).collectionName(collection).build()));
    }

    @Override
    public boolean isLoaded(String database, String collection) {
        try {
            return call("getLoadState " + collection, () -> sdk
                    .getLoadStateV2(
                            GetLoadStateReq.builder().databaseName(database).collectionName(collection).build())
                    .getState()) == LoadState.LoadStateLoaded;
        } catch (MilvusException e) {
            if (e.kind() == Kind.COLLECTION_NOT_FOUND || e.getMessage().contains("exist")) {
                return false;
            }
            throw e;
        }
    }

    @Override
    public void createAlias(String database, String alias, String collection) {
        try {
            run(database, "createAlias " + alias, () -> sdk.createAlias(CreateAliasReq.builder()
                    .databaseName(database).alias(alias).collectionName(collection).build()));
        } catch (MilvusException e) {
            if (e.kind() != Kind.ALIAS_EXISTS) {
                throw e;
            }
            // Servers differ in what they say to an alias that is there already; where it points decides.
            Optional<String> target = describeAlias(database, alias);
            if (target.isEmpty()) {
                alterAlias(database, alias, collection);
            } else if (!target.get().equals(collection)) {
                throw e;
            }
        }
    }

    @Override
    public void alterAlias(String database, String alias, String collection) {
        run(database, "alterAlias " + alias, () -> sdk.alterAlias(
                AlterAliasReq.builder().databaseName(database).alias(alias).collectionName(collection).build()));
    }

    @Override
    public void dropAlias(String database, String alias) {
        run(database, "dropAlias " + alias,
                () -> sdk.dropAlias(DropAliasReq.builder().databaseName(database).alias(alias).build()));
    }

    private void run(String database, String name, Runnable rpc) {
        try {
            call(name, Executors.callable(rpc));
        } catch (MilvusException e) {
            requireDatabase(database, e);
            throw e;
        }
    }

    private <T> T call(String name, Callable<T> rpc) {
        return client.call(name, deadline, rpc);
    }

    /** Turns "there is no such alias or collection" into an empty answer, if it really is that. */
    private <T> Optional<T> found(String database, Callable<T> rpc) {
        try {
            return Optional.of(rpc.call());
        } catch (MilvusException e) {
            requireDatabase(database, e);
            if (e.kind() == Kind.ALIAS_NOT_FOUND || e.kind() == Kind.COLLECTION_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Servers name a missing database in many ways, among them a missing collection and an answer that the SDK
     * can't read, so it is asked for.
     */
    private void requireDatabase(String database, MilvusException failure) {
        boolean ambiguous = switch (failure.kind()) {
            case ALIAS_NOT_FOUND, COLLECTION_NOT_FOUND, SERVER_ERROR -> true;
            default -> false;
        };
        if (!ambiguous || database.equals(DEFAULT_DATABASE)) {
            return;
        }
        List<String> databases;
        try {
            databases = call("listDatabases", () -> sdk.listDatabases().getDatabaseNames());
        } catch (MilvusException e) {
            return; // not allowed to ask: the first answer stands
        }
        if (!databases.contains(database)) {
            throw new MilvusException(Kind.DATABASE_NOT_FOUND, "there is no database " + database, failure);
        }
    }
}
