package dev.collectionalias.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

import io.milvus.grpc.CollectionSchema;

/**
 * What {@link InProcessMilvus} holds. Tests use it to set the stage and to see what came of it; it refuses what a real
 * server refuses.
 */
public final class MilvusState {

    public static final String DEFAULT_DATABASE = "default";

    private final ServerProfile profile;
    private final StoredDatabases databases;
    private final CollectionDdl collections;
    private final AliasDdl aliases;
    private final QueryNodes nodes;
    private final AliasChangeLocks turns = new AliasChangeLocks();
    private final ProxyCache proxy;

    MilvusState(ServerProfile profile) {
        this.profile = profile;
        proxy = new ProxyCache(profile);
        databases = new StoredDatabases(profile);
        collections = new CollectionDdl(profile, databases, proxy);
        aliases = new AliasDdl(profile, databases, proxy, this);
        nodes = new QueryNodes(profile);
        createDatabase(DEFAULT_DATABASE);
    }

    public synchronized void createDatabase(String name) {
        databases.create(name);
    }

    public synchronized void dropDatabase(String name) {
        databases.drop(name);
        proxy.forgetAll();
    }

    public synchronized List<String> databases() {
        return databases.names();
    }

    /** Creates an empty collection that is not loaded; all that are made so are alike. */
    public StoredCollection createCollection(String database, String name) {
        return createCollection(database, name, CollectionShape.PLAIN);
    }

    public synchronized StoredCollection createCollection(String database, String name, CollectionShape shape) {
        createCollection(database, name, shape.schema());
        setFirstKey(database, name, shape.firstKey());
        setMetric(database, name, shape.indexed() ? shape.metric().name() : "");
        shape.properties().forEach((key, value) -> setProperty(database, name, key, value));
        return collection(database, name);
    }

    /** One without an index yet. */
    synchronized void createCollection(String database, String name, CollectionSchema schema) {
        collections.create(database, name, schema);
    }

    /** Success if there is none. Aliases that pointed at it dangle, on the versions that allow it. */
    public synchronized void dropCollection(String database, String name) {
        collections.drop(database, name);
    }

    /** Its aliases follow. */
    public void renameCollection(String database, String name, String newName) {
        renameCollection(database, name, database, newName);
    }

    synchronized void renameCollection(String database, String name, String newDatabase, String newName) {
        collections.rename(database, name, newDatabase, newName);
    }

    public void load(String database, String collection) {
        setLoadedPercent(database, collection, StoredCollection.LOADED);
    }

    /** @param groups the resource group of each replica */
    public synchronized void load(String database, String collection, List<String> groups) {
        change(database, collection, before -> before.loaded(StoredCollection.LOADED, groups));
        proxy.forgetShards(collection(database, collection).id());
    }

    /** Loads it as somebody asks for it. */
    synchronized void load(String database, String collection, int replicas, List<String> groups) {
        StoredCollection before = collection(database, collection);
        load(database, before.name(), nodes.place(before, replicas, groups));
    }

    /** How many query nodes a resource group has; the default one has one. */
    public synchronized void setNodes(String group, int number) {
        nodes.set(group, number);
    }

    public void release(String database, String collection) {
        setLoadedPercent(database, collection, StoredCollection.NOT_LOADED);
    }

    /** How far it is loaded; below 100 it is still loading. */
    public synchronized void setLoadedPercent(String database, String collection, int percent) {
        change(database, collection, before -> before.loaded(percent, replicasAt(percent, before)));
        proxy.forgetShards(collection(database, collection).id());
    }

    private static List<String> replicasAt(int percent, StoredCollection before) {
        if (percent == StoredCollection.NOT_LOADED) {
            return List.of();
        }
        return before.replicas().isEmpty() ? List.of(QueryNodes.DEFAULT_GROUP) : before.replicas();
    }

    public void setRows(String database, String collection, long rows) {
        change(database, collection, before -> before.withRows(rows));
    }

    /** What its vectors are indexed with; empty for no index. */
    public void setMetric(String database, String collection, String metric) {
        change(database, collection,
                before -> before.indexed(Optional.of(metric).filter(name -> !name.isEmpty())));
    }

    /** Where the primary keys of its rows begin: with other keys than another's, searches find nothing in common. */
    public void setFirstKey(String database, String collection, long key) {
        change(database, collection, before -> before.withFirstKey(key));
    }

    public Map<String, String> properties(String database, String nameOrAlias) {
        return collection(database, nameOrAlias).properties().values();
    }

    public void setProperty(String database, String nameOrAlias, String key, String value) {
        alterCollection(database, nameOrAlias, Map.of(key, value), List.of());
    }

    public void deleteProperty(String database, String nameOrAlias, String key) {
        alterCollection(database, nameOrAlias, Map.of(), List.of(key));
    }

    synchronized void alterCollection(String database, String nameOrAlias, Map<String, String> set,
            List<String> deleted) {
        collections.alter(database, nameOrAlias, set, deleted);
    }

    private synchronized void change(String database, String collection, UnaryOperator<StoredCollection> change) {
        StoredDatabase in = database(database);
        in.put(change.apply(in.require(collection)));
    }

    public synchronized List<StoredCollection> collections(String database) {
        return List.copyOf(database(database).collections().values());
    }

    /** The collection of this name, or the one behind the alias of this name. */
    public synchronized StoredCollection collection(String database, String nameOrAlias) {
        return database(database).require(nameOrAlias);
    }

    /** The collection that answers a search: the one that the proxy takes for the one of this name. */
    StoredCollection searched(String database, String nameOrAlias) {
        if (!proxy.letsTimePass()) {
            synchronized (this) {
                return shards(database, nameOrAlias, seen(database, nameOrAlias));
            }
        }
        long collection = seen(database, nameOrAlias);
        proxy.letTimePass();
        return shards(database, nameOrAlias, collection);
    }

    private synchronized long seen(String database, String nameOrAlias) {
        StoredDatabase in = database(database);
        return proxy.collection(in.name(), nameOrAlias, () -> in.require(nameOrAlias).id());
    }

    private synchronized StoredCollection shards(String database, String nameOrAlias, long collection) {
        StoredDatabase in = database(database);
        return in.withId(proxy.shards(in.name(), nameOrAlias, collection))
                .orElseThrow(() -> in.collectionNotFound(nameOrAlias));
    }

    /**
     * Adds rows to the collection that the proxy takes for the one of this name.
     *
     * @param knownTimestamp the collection's update timestamp as the writer knows it, 0 if he doesn't; that it has to be the
     *                       same is internal/proxy/task_insert.go
     */
    synchronized StoredCollection insert(String database, String nameOrAlias, long rows, long knownTimestamp) {
        StoredDatabase in = database(database);
        StoredCollection before = in.withId(seen(database, nameOrAlias))
                .orElseThrow(() -> in.collectionNotFound(nameOrAlias));
        if (profile.comparesSchemasOfInserts() && knownTimestamp != 0
                && knownTimestamp != before.properties().changedAt()) {
            throw new ServerFailure(ServerFailure.SCHEMA_MISMATCH, "collection schema mismatch[collection=%s]",
                    nameOrAlias);
        }
        StoredCollection after = before.withRows(before.rows() + rows);
        in.put(after);
        return after;
    }

    /** The proxy takes the alias for this collection, until something makes it forget that. */
    public synchronized void rememberInProxy(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        proxy.remember(in.name(), alias, in.require(collection).id());
    }

    ProxyCache proxy() {
        return proxy;
    }

    synchronized Optional<StoredCollection> find(String database, String nameOrAlias) {
        return database(database).resolve(nameOrAlias);
    }

    /** How long each change of an alias takes from now on; no time, unless this is said. */
    public void aliasChangesLast(Duration each) {
        turns.last(each);
    }

    /** Points the alias at the collection, whether there is such an alias or not. */
    public synchronized void setAlias(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        in.putAlias(alias, in.requireByName(collection).id());
        proxy.expire(in.name(), alias);
    }

    public void createAlias(String database, String alias, String collection) {
        NameRules.requireAlias(alias);
        NameRules.requireCollection(collection);
        inTurn(database, () -> aliases.create(database, alias, collection));
    }

    void alterAlias(String database, String alias, String collection) {
        NameRules.requireAlias(alias);
        NameRules.requireCollection(collection);
        inTurn(database, () -> aliases.alter(database, alias, collection));
    }

    /** Success if there is none, or none can have that name. */
    public void dropAlias(String database, String alias) {
        inTurn(database, () -> aliases.drop(database, alias));
    }

    /** A change holds the lock only while it has its turn. */
    private void inTurn(String database, Runnable change) {
        turns.take(named(database), () -> {
            synchronized (this) {
                change.run();
            }
        });
    }

    synchronized String describeAlias(String database, String alias) {
        NameRules.requireAlias(alias);
        StoredDatabase in = database(database);
        return in.target(alias).map(StoredCollection::name).orElseThrow(() -> in.aliasNotFound(alias));
    }

    /** What the alias points at; empty if there is no such alias, or its collection was dropped. */
    public synchronized Optional<String> target(String database, String alias) {
        return database(database).target(alias).map(StoredCollection::name);
    }

    /** The same after a restart, which on old servers some aliases do not survive. */
    public synchronized Optional<String> storedTarget(String database, String alias) {
        return database(database).storedTarget(alias).map(StoredCollection::name);
    }

    /** The aliases of the collection, or of the whole database if it is empty; dangling ones are not listed. */
    public synchronized List<String> listAliases(String database, String collection) {
        StoredDatabase in = database(database);
        if (collection.isEmpty()) {
            return in.aliases().keySet().stream().filter(alias -> in.target(alias).isPresent()).toList();
        }
        long id = in.resolve(collection).orElseThrow(() -> ServerFailure.collectionNotFound(collection)).id();
        return in.aliases().entrySet().stream().filter(alias -> alias.getValue() == id).map(Map.Entry::getKey)
                .toList();
    }

    synchronized void reload() {
        databases.reload();
        proxy.forgetAll();
    }

    private StoredDatabase database(String name) {
        return databases.get(name);
    }

    static String named(String database) {
        return database.isEmpty() ? DEFAULT_DATABASE : database;
    }
}
