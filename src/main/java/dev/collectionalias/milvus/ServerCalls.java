package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Function;

import dev.collectionalias.milvus.MilvusException.Kind;
import io.milvus.v2.client.MilvusClientV2;

/**
 * How one server is called: each call with a deadline, and what servers mean by "not found" told apart. Two of one
 * client and deadline are equal.
 *
 * @param deadline for each call
 */
record ServerCalls(MilvusClient client, MilvusClientV2 sdk, Duration deadline) {

    private static final String DEFAULT_DATABASE = "default";

    /** @param name as users read it where the call fails */
    <T> T call(String name, Function<MilvusClientV2, T> rpc) {
        return call(name, () -> rpc.apply(sdk));
    }

    private <T> T call(String name, Callable<T> rpc) {
        return client.call(name, deadline, rpc);
    }

    void run(String database, String name, Runnable rpc) {
        try {
            call(name, Executors.callable(rpc));
        } catch (MilvusException e) {
            requireDatabase(database, e);
            throw e;
        }
    }

    /** Turns "there is no such alias or collection" into an empty answer, if it really is that. */
    <T> Optional<T> find(String database, String name, Function<MilvusClientV2, T> rpc) {
        try {
            return Optional.of(call(name, rpc));
        } catch (MilvusException e) {
            requireDatabase(database, e);
            if (e.kind() == Kind.ALIAS_NOT_FOUND || e.kind() == Kind.COLLECTION_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<String> databases() {
        return call("listDatabases", MilvusClientV2::listDatabases).getDatabaseNames();
    }

    /**
     * Servers name a missing database in many ways, among them a missing collection and an answer that the SDK
     * can't read, so it is asked for.
     */
    private void requireDatabase(String database, MilvusException failure) {
        boolean ambiguous = switch (failure.kind()) {
            case ALIAS_NOT_FOUND, COLLECTION_NOT_FOUND, UNREADABLE, SERVER_ERROR -> true;
            default -> false;
        };
        if (!ambiguous || database.equals(DEFAULT_DATABASE)) {
            return;
        }
        List<String> databases;
        try {
            databases = databases();
        } catch (MilvusException e) {
            return; // not allowed to ask: the first answer stands
        }
        if (!databases.contains(database)) {
            throw new MilvusException(Kind.DATABASE_NOT_FOUND, "there is no database " + database, failure);
        }
    }
}
