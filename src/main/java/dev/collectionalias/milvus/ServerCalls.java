package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.collectionalias.milvus.MilvusException.Kind;

/**
 * How one server is called about one database: each call with a deadline, and what servers mean by "not found" told
 * apart. Two of one client, deadline, database and permit are equal.
 *
 * @param deadline for each call
 * @param database as requests name it; empty for the default one, which not every server knows by its name
 * @param permit   asked for each change right before it is sent
 */
record ServerCalls(MilvusClient client, Duration deadline, String database, Runnable permit) {

    static final String DEFAULT_DATABASE = "default";
    static final Runnable PERMITTED = () -> {};

    ServerCalls(MilvusClient client, Duration deadline, Runnable permit) {
        this(client, deadline, "", permit);
    }

    /** Zilliz Cloud has a default database, but none that is named so (milvus-sdk-java#2007). */
    ServerCalls in(String otherDatabase) {
        return new ServerCalls(client, deadline, otherDatabase.equals(DEFAULT_DATABASE) ? "" : otherDatabase, permit);
    }

    /** @param name as users read it where the call fails */
    <T> T call(String name, Function<Sdk, T> rpc) {
        return client.call(name, database, deadline, rpc);
    }

    void change(String name, Consumer<Sdk> rpc) {
        try {
            client.call(name, database, deadline, permit, sdk -> {
                rpc.accept(sdk);
                return null;
            });
        } catch (MilvusException e) {
            requireDatabase(e);
            throw e;
        }
    }

    /** Turns "there is no such alias or collection" into an empty answer, if it really is that. */
    <T> Optional<T> find(String name, Function<Sdk, T> rpc) {
        try {
            return Optional.of(call(name, rpc));
        } catch (MilvusException e) {
            requireDatabase(e);
            if (e.kind() == Kind.ALIAS_NOT_FOUND || e.kind() == Kind.COLLECTION_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    List<String> databases() {
        // Named by no database, since the one that is asked about may be missing.
        return client.call("listDatabases", "", deadline, Sdk::listDatabases).getDatabaseNames();
    }

    /**
     * Servers name a missing database in many ways, among them a missing collection and an answer that the SDK
     * can't read, so it is asked for.
     */
    private void requireDatabase(MilvusException failure) {
        boolean ambiguous = switch (failure.kind()) {
            case ALIAS_NOT_FOUND, COLLECTION_NOT_FOUND, UNREADABLE, SERVER_ERROR -> true;
            default -> false;
        };
        if (!ambiguous || database.isEmpty()) {
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
