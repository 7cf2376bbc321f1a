package dev.collectionalias.milvus;

import java.util.List;
import java.util.Optional;

/**
 * What the operator asks of a Milvus server, in the operator's own words. Implementations bridge what servers differ
 * in: a missing alias is an empty answer everywhere, and "already so" is success.
 *
 * <p>Every call has a deadline, may be made from several threads at once, and throws {@link MilvusException} for
 * everything that went wrong.
 */
public interface MilvusGateway {

    /** The collection that the alias points at; empty if there is no such alias, or its collection was dropped. */
    Optional<String> describeAlias(String database, String alias);

    /** All aliases of the database. */
    List<String> listAliases(String database);

    /** The aliases that point at the collection; none if there is no such collection. */
    List<String> listAliases(String database, String collection);

    /**
     * The collection's id, {@code "0"} where a server has none; empty if there is no such collection. Servers answer
     * for an alias as if it were the collection behind it.
     */
    Optional<String> collectionId(String database, String collection);

    /** Whether the collection is loaded to the last segment, so that it can be searched. */
    boolean isLoaded(String database, String collection);

    /**
     * Creates the alias. Success if it points at the collection already; an alias left dangling by a dropped
     * collection is pointed at the new one.
     */
    void createAlias(String database, String alias, String collection);

    /** Points an existing alias at another collection in one atomic step. */
    void alterAlias(String database, String alias, String collection);

    /** Drops the alias. Success if there is none. */
    void dropAlias(String database, String alias);
}
