package dev.collectionalias.milvus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;

/**
 * What the operator asks of a Milvus server, in the operator's own words. Implementations hide the differences between servers.
 * A missing alias is an empty answer everywhere, and "already so" is success.
 *
 * <p>Every call has a deadline, may be made from several threads at once, and throws {@link MilvusException} for everything
 * that went wrong.
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
     * The aliases that the collection's description names; none if there is no such collection. From 2.5 on, a proxy answers
     * from its cache, which may hold an alias that points elsewhere by now. Milvus Lite names none.
     */
    Set<String> aliasesOf(String database, String collection);

    /**
     * The collection's id; {@code "0"} if the server has no ids; empty if there is no such collection. For an alias, a server
     * gives the id of the collection behind it.
     */
    Optional<String> collectionId(String database, String collection);

    /**
     * The properties that somebody has set on the collection; empty optional if there is no such collection; empty map if the
     * SDK can't read it.
     */
    Optional<Map<String, String>> collectionProperties(String database, String collection);

    /** Whether every segment of the collection is loaded, so that searches can reach all of it. */
    boolean isLoaded(String database, String collection);

    /**
     * How far the collection, or the one behind the alias, has been loaded. The gateway sends a cheap query to a loaded
     * collection. Only an answer to that makes it {@link Loading.Stage#SEARCHABLE}. A missing collection counts as not loaded.
     */
    Loading loading(String database, String collection);

    /**
     * The collection's fields, and the metrics of its indexes; empty if there is no such collection, or the SDK can't read it.
     */
    Optional<Schema> schema(String database, String collection);

    /** The rows of the collection: counted if it is loaded, otherwise taken from its statistics. */
    RowCount rowCount(String database, String collection);

    /**
     * Takes vectors out of the active collection and searches them in both collections. Makes two calls for each sample and a
     * few more, one after the other. Gives up after half a minute. If the spec limits the latency, it does all of that once
     * before, without measuring.
     */
    SearchTrial trySearch(String database, String active, String candidate, Cutover.Search spec);

    /** The replicas of the collection; none if it is not loaded, or there is no such collection. */
    Replicas replicas(String database, String collection);

    /** Loads one replica of the collection into the server's default resource group. */
    default void load(String database, String collection) {
        load(database, collection, List.of());
    }

    /**
     * Searches through the alias with a vector made up for it, and looks only whether the server answers. Tries a query where it
     * can't search. Makes two calls; some more for isolated partition keys, or if the server refuses one of several vector fields.
     */
    AliasTrial tryAlias(String database, String alias);

    /**
     * Asks through the alias which of the two collections answers. Samples rows of the new collection at most twice, and
     * asks for one of them three times through the alias, each over a connection of its own. Makes about a dozen calls, one
     * after the other. Gives up after ten seconds. A failure is an answer, too.
     */
    AliasProof proveSwitch(String database, String alias, CollectionState active, String before);

    /**
     * Has the server begin to load the collection, and does not wait for the end of that. Success if it is loaded or loading
     * already, in that number of replicas. Throws {@link MilvusException.Kind#NO_INDEX} if the collection can't be loaded
     * because an index is missing, and {@link MilvusException.Kind#TOO_FEW_NODES} if a resource group is too small for it.
     *
     * @param resourceGroups one for each replica; empty: one replica in the default one
     */
    void load(String database, String collection, List<String> resourceGroups);

    /** Releases the collection from memory. Success if it is not loaded. */
    void release(String database, String collection);

    /** Sets a property of the collection. Success without a change if the property has that value already. */
    void setProperty(String database, String collection, String key, String value);

    /** Removes a property from the collection. Success if it has none of that key. */
    void dropProperty(String database, String collection, String key);

    /**
     * Creates the alias. Success if it points at the collection already. An alias whose collection was dropped gets the new
     * collection.
     */
    void createAlias(String database, String alias, String collection);

    /** Points an existing alias at another collection in one atomic step. */
    void alterAlias(String database, String alias, String collection);

    /** Drops the alias. Success if there is none. */
    void dropAlias(String database, String alias);
}
