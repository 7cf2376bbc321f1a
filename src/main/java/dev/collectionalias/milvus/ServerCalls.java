package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

import dev.collectionalias.milvus.MilvusException.Kind;

/**
 * Calls one server about one database. Each call has a deadline, and each kind of "not found" is told apart. Two of the same
 * client, deadline, database and permit are equal.
 *
 * @param deadline for each call
 * @param database as requests name it; empty for the default one, whose name not every server knows
 * @param permit   asked for each change right before the operator sends it
 */
record ServerCalls(MilvusClient client, Duration deadline, String database, Runnable permit) {

    static final String DEFAULT_DATABASE = "default";
    static final Runnable PERMITTED = () -> {};

    ServerCalls(MilvusClient client, Duration deadline, Runnable permit) {
        this(client, deadline, "", permit);
    }

    /** Zilliz Cloud has a default database, but none with the name "default" (milvus-sdk-java#2007). */
    ServerCalls in(String otherDatabase) {
        return new ServerCalls(client, deadline, otherDatabase.equals(DEFAULT_DATABASE) ? "" : otherDatabase, permit);
    }

    /** @param name as users read it if the call fails */
    <T> T call(String name, Function<Sdk, T> rpc) {
        return client.call(name, database, deadline, rpc);
    }

    /** The same over a connection that the operator opens for this call, and closes after it. */
    <T> T callAfresh(String name, Function<Sdk, T> rpc) {
        return client.callAfresh(name, database, deadline, rpc);
    }

    /** Runs it, unless a few others run by this already. */
    <T> Optional<T> unlessBusy(Supplier<T> proof) {
        return client.unlessBusy(proof);
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

    /** Turns the failure into an empty answer if it really means that there is no such alias or collection. */
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
        // Names no database, since the one in question may be missing.
        return client.call("listDatabases", "", deadline, Sdk::listDatabases).getDatabaseNames();
    }

    /**
     * Servers report a missing database in many ways. Some say that the collection is missing, and some answers the SDK can't
     * read. So the operator asks for the database itself.
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
            return; // the user may not ask, so the first answer stands
        }
        if (!databases.contains(database)) {
            throw new MilvusException(Kind.DATABASE_NOT_FOUND, "there is no database " + database, failure);
        }
    }
}
