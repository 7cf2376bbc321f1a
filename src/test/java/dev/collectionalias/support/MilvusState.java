package dev.collectionalias.support;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

import io.milvus.grpc.CollectionSchema;

/**
 * What {@link InProcessMilvus} holds. Tests use it to set the stage and to see what came of it; it refuses what a real
 * server refuses.
 */
public final class MilvusState {

    public static final String DEFAULT_DATABASE = "default";

    private static final long LOOK_AGAIN_MS = 5;

    private final ServerProfile profile;
    private final Map<String, StoredDatabase> databases = new TreeMap<>();
    private final AliasChangeLocks turns = new AliasChangeLocks();
    private final ProxyCache proxy;
    private long lastId = 450_000_000_000_000_000L;
    private long lastTimestamp = 460_000_000_000_000_000L;

    MilvusState(ServerProfile profile) {
        this.profile = profile;
        proxy = new ProxyCache(profile);
        createDatabase(DEFAULT_DATABASE);
    }

    public synchronized void createDatabase(String name) {
        if (databases.putIfAbsent(name, new StoredDatabase(name)) != null) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "database already exist: %s", name);
        }
    }

    public synchronized void dropDatabase(String name) {
        if (name.equals(DEFAULT_DATABASE)) {
            throw profile.refusal("can not drop default database");
        }
        if (databases.containsKey(name) && !databases.get(name).collections().isEmpty()) {
            throw profile.refusal("database:%s not empty, must drop all collections before drop database", name);
        }
        databases.remove(name);
        proxy.forgetAll();
    }

    public synchronized List<String> databases() {
        return List.copyOf(databases.keySet());
    }

    /** Creates an empty collection that is not loaded; all that are made so are alike. */
    public StoredCollection createCollection(String database, String name) {
        return createCollection(database, name, CollectionShape.PLAIN);
    }

    public synchronized StoredCollection createCollection(String database, String name, CollectionShape shape) {
        createCollection(database, name, shape.schema());
        setFirstKey(database, name, shape.firstKey());
        setMetric(database, name, shape.indexed() ? shape.metric().name() : "");
        return collection(database, name);
    }

    /** One without an index yet. */
    synchronized void createCollection(String database, String name, CollectionSchema schema) {
        StoredDatabase in = database(database);
        NameRules.requireCollection(name);
        if (in.aliases().containsKey(name)) {
            throw profile.nameIsAnAlias(in.name(), name, "please choose a unique name: ");
        }
        if (in.collections().containsKey(name)) {
            throw new ServerFailure(ServerFailure.UNEXPECTED,
                    "create duplicate collection with different parameters, collection: %s", name);
        }
        lastId += 17;
        in.put(new StoredCollection(lastId, name, 0, StoredCollection.NOT_LOADED, schema, Optional.empty(), 0,
                new CollectionProperties(Map.of(), nextTimestamp())));
    }

    /** Success if there is none. Aliases that pointed at it dangle, on the versions that allow it. */
    public synchronized void dropCollection(String database, String name) {
        if (!databases.containsKey(named(database)) && profile.dropsCollectionsOfMissingDatabases()) {
            return;
        }
        StoredDatabase in = database(database);
        if (in.aliases().containsKey(name)) {
            throw profile.refusal("cannot drop the collection via alias = %s", name);
        }
        List<String> aliases = in.aliasesOf(name);
        if (!aliases.isEmpty() && profile.refusesToDropACollectionWithAliases()) {
            throw profile
                    .refusal("unable to drop the collection [%s] because it has associated aliases %s, please remove "
                            + "all aliases before dropping the collection", name, aliases);
        }
        StoredCollection dropped = in.collections().remove(name);
        if (dropped != null) {
            proxy.forget(dropped.id());
        }
    }

    /** Its aliases follow. */
    public void renameCollection(String database, String name, String newName) {
        renameCollection(database, name, database, newName);
    }

    synchronized void renameCollection(String database, String name, String newDatabase, String newName) {
        StoredDatabase from = database(database);
        StoredDatabase to = database(newDatabase);
        NameRules.requireCollection(newName);
        if (from.aliases().containsKey(name)) {
            throw profile.refusal("unsupported use an alias to rename collection, alias:%s", name);
        }
        if (to.aliases().containsKey(newName)) {
            throw profile.nameIsAnAlias(to.name(), newName, "");
        }
        if (to.collections().containsKey(newName)) {
            throw profile.refusal("duplicated new collection name %s:%s with other collection name or alias", to.name(),
                    newName);
        }
        StoredCollection renamed = from.requireByName(name).named(newName);
        if (to != from && !from.aliasesOf(name).isEmpty()) {
            throw profile.refusal(
                    "fail to rename db name, must drop all aliases of this collection before rename");
        }
        from.collections().remove(name);
        to.put(renamed);
        proxy.forget(renamed.id());
    }

    public void load(String database, String collection) {
        setLoadedPercent(database, collection, StoredCollection.LOADED);
    }

    public void release(String database, String collection) {
        setLoadedPercent(database, collection, StoredCollection.NOT_LOADED);
    }

    /** How far it is loaded; below 100 it is still loading. */
    public synchronized void setLoadedPercent(String database, String collection, int percent) {
        change(database, collection, before -> before.loaded(percent));
        proxy.forgetShards(collection(database, collection).id());
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

    /** The same value again, and a key that is not there, change nothing: internal/rootcoord of 2.6, unproven before. */
    synchronized void alterCollection(String database, String nameOrAlias, Map<String, String> set,
            List<String> deleted) {
        List<String> known = profile.deletesProperties() ? deleted : List.of();
        if (set.isEmpty() && !profile.deletesProperties()) {
            throw new ServerFailure(ServerFailure.UNEXPECTED,
                    "only support alter collection properties, but collection properties is empty");
        }
        if (set.isEmpty() && deleted.isEmpty()) {
            throw ServerFailure.invalidParameter("no properties or delete keys provided");
        }
        if (!set.isEmpty() && !known.isEmpty()) {
            throw ServerFailure.invalidParameter("can not provide properties and deletekeys at the same time");
        }
        StoredDatabase in = database(database);
        StoredCollection before = in.require(nameOrAlias);
        StoredCollection after = before.with(before.properties().with(set, known, nextTimestamp()));
        if (!after.equals(before)) {
            in.put(after);
            proxy.expire(in.name(), after.name());
            in.aliasesOf(after.name()).forEach(alias -> proxy.expire(in.name(), alias));
        }
    }

    private long nextTimestamp() {
        lastTimestamp += 1 << 18;
        return lastTimestamp;
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
        turns.take(named(database), () -> createAliasInTurn(database, alias, collection));
    }

    private synchronized void createAliasInTurn(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        requireNoCollection(in, alias);
        long id = target(in, collection).orElseThrow(() -> in.collectionNotFound(collection)).id();
        Long holder = in.aliases().get(alias);
        if (holder != null && holder != id) {
            throw new ServerFailure(ServerFailure.ALIAS_EXISTS,
                    "%s is alias to another collection: %s: alias already exist[database=%s][alias=%s]", alias,
                    in.target(alias).map(StoredCollection::name).orElse(""), in.name(), alias);
        }
        point(in, alias, id);
    }

    void alterAlias(String database, String alias, String collection) {
        NameRules.requireAlias(alias);
        NameRules.requireCollection(collection);
        turns.take(named(database), () -> alterAliasInTurn(database, alias, collection));
    }

    private synchronized void alterAliasInTurn(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        requireNoCollection(in, alias);
        long id = target(in, collection).orElseThrow(() -> collectionNotFound(collection)).id();
        if (!in.aliases().containsKey(alias)) {
            throw aliasNotFound(in, alias);
        }
        point(in, alias, id);
    }

    private static void requireNoCollection(StoredDatabase in, String alias) {
        if (in.collections().containsKey(alias)) {
            throw new ServerFailure(ServerFailure.NAME_IS_A_COLLECTION,
                    "alias and collection name conflict[database=%s][alias=%s]", in.name(), alias);
        }
    }

    private Optional<StoredCollection> target(StoredDatabase in, String collection) {
        return profile.resolvesAliasesAsTargets() ? in.resolve(collection) : in.named(collection);
    }

    private void point(StoredDatabase in, String alias, long id) {
        if (profile.changesWhatStaysTheSame() || !in.pointsAt(alias, id)) {
            change(in, alias, () -> in.putAlias(alias, id));
        }
    }

    private void change(StoredDatabase in, String alias, Runnable change) {
        if (profile.expiresCachesFirst()) {
            proxy.expire(in.name(), alias);
            letSearchesIn();
            change.run();
        } else {
            letSearchesIn();
            change.run();
            proxy.expire(in.name(), alias);
        }
    }

    /** Waiting lets go of what is held here, which all calls need. */
    private void letSearchesIn() {
        proxy.heldChange().ifPresent(hold -> {
            try {
                while (hold.holds()) {
                    wait(LOOK_AGAIN_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Success if there is none, or none can have that name. */
    public void dropAlias(String database, String alias) {
        turns.take(named(database), () -> dropAliasInTurn(database, alias));
    }

    private synchronized void dropAliasInTurn(String database, String alias) {
        StoredDatabase in = database(database);
        boolean destroysNeighbours = profile.dropDestroysStoredNeighbours();
        if (destroysNeighbours || in.aliases().containsKey(alias)) {
            change(in, alias, () -> in.removeAlias(alias, destroysNeighbours));
        }
    }

    synchronized String describeAlias(String database, String alias) {
        NameRules.requireAlias(alias);
        StoredDatabase in = database(database);
        return in.target(alias).map(StoredCollection::name).orElseThrow(() -> aliasNotFound(in, alias));
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
        long id = in.resolve(collection).orElseThrow(() -> collectionNotFound(collection)).id();
        return in.aliases().entrySet().stream().filter(alias -> alias.getValue() == id).map(Map.Entry::getKey)
                .toList();
    }

    synchronized void reload() {
        databases.values().forEach(StoredDatabase::reload);
        proxy.forgetAll();
    }

    private StoredDatabase database(String name) {
        StoredDatabase database = databases.get(named(name));
        if (database == null) {
            throw new ServerFailure(ServerFailure.DATABASE_NOT_FOUND, "database not found[database=%s]", name);
        }
        return database;
    }

    static String named(String database) {
        return database.isEmpty() ? DEFAULT_DATABASE : database;
    }

    private static ServerFailure aliasNotFound(StoredDatabase in, String alias) {
        return new ServerFailure(ServerFailure.ALIAS_NOT_FOUND, "alias not found[database=%s][alias=%s]", in.name(),
                alias);
    }

    /** Some calls do not say in which database. */
    private static ServerFailure collectionNotFound(String collection) {
        return new ServerFailure(ServerFailure.COLLECTION_NOT_FOUND, "collection not found[collection=%s]", collection);
    }
}
