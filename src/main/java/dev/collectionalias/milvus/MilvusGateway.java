package dev.collectionalias.milvus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;

/**
 * What the operator asks of a Milvus server, in the operator's own words. Implementations bridge what servers differ
 * in: a missing alias is an empty answer everywhere, and "already so" is success.
 *
 * <p>Every call has a deadline, may be made from several threads at once, and throws {@link MilvusException} for
 * everything that went wrong.
 */
public interface MilvusGateway {

    /** The databases that the user may see. */
    List<String> databases();

    /** The collections of the database that the user may see. */
    List<String> listCollections(String database);

    /** The collection that the alias points at; empty if there is no such alias, or its collection was dropped. */
    Optional<String> describeAlias(String database, String alias);

    /** All aliases of the database. */
    List<String> listAliases(String database);

    /** The aliases that point at the collection; none if there is no such collection. */
    List<String> listAliases(String database, String collection);

    /**
     * The aliases that the collection's description names; none if there is no such collection. From 2.5 on a proxy describes
     * what it remembers, which may be an alias that has left. Lite names none.
     */
    Set<String> aliasesOf(String database, String collection);

    /**
     * The collection's id, {@code "0"} where a server has none; empty if there is no such collection. Servers answer
     * for an alias as if it were the collection behind it.
     */
    Optional<String> collectionId(String database, String collection);

    /**
     * What was set on the collection by whoever made or changed it; none if there is no such collection. Empty if the SDK can't
     * read it.
     */
    Optional<Map<String, String>> collectionProperties(String database, String collection);

    /** Whether the collection is loaded to the last segment, so that it can be searched. */
    boolean isLoaded(String database, String collection);

    /**
     * How far the collection, or the one behind the alias, is on its way into memory. One that is loaded is sent a cheap
     * query; the answer to that is what makes it {@link Loading.Stage#SEARCHABLE}. One that is missing is not loaded.
     */
    Loading loading(String database, String collection);

    /** The collection's fields, and the metrics of its indexes; empty if there is none of that name, or it can't be read. */
    Optional<Schema> schema(String database, String collection);

    /** Counts the rows of a loaded collection, and takes them from the statistics of any other. */
    RowCount rowCount(String database, String collection);

    /**
     * Takes vectors out of the active collection and searches them in both collections. Takes some calls more than two
     * for each sample, one after the other, and gives up after half a minute.
     */
    SearchTrial trySearch(String database, String active, String candidate, Cutover.Search spec);

    /**
     * Has the server begin to load the collection; does not wait for the end of it. Success if it is loaded or being
     * loaded. {@link MilvusException.Kind#NO_INDEX} where it can't be loaded for want of an index.
     */
    void load(String database, String collection);

    /** Releases the collection from memory. Success if it is not loaded. */
    void release(String database, String collection);

    /** Sets a property of the collection. A value that is there already changes nothing, and is success. */
    void setProperty(String database, String collection, String key, String value);

    /** Takes a property off the collection. Success if it has none of that key. */
    void dropProperty(String database, String collection, String key);

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
