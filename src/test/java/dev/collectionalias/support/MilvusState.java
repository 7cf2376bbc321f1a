package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

import io.milvus.grpc.CollectionSchema;

/**
 * What {@link InProcessMilvus} holds. Tests use it to set the stage and to see what came of it; it refuses what a real
 * server refuses.
 */
public final class MilvusState {

    public static final String DEFAULT_DATABASE = "default";

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,254}");

    private final ServerQuirks quirks;
    private final Map<String, StoredDatabase> databases = new TreeMap<>();
    private long lastId = 450_000_000_000_000_000L;

    MilvusState(ServerQuirks quirks) {
        this.quirks = quirks;
        createDatabase(DEFAULT_DATABASE);
    }

    public synchronized void createDatabase(String name) {
        if (databases.putIfAbsent(name, new StoredDatabase(name)) != null) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "database already exist: %s", name);
        }
    }

    public synchronized void dropDatabase(String name) {
        if (databases.containsKey(name) && !databases.get(name).collections().isEmpty()) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "database: %s not empty, must drop all collections",
                    name);
        }
        databases.remove(name);
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
        requireName("collection name", name);
        if (in.collections().containsKey(name) || in.aliases().containsKey(name)) {
            throw new ServerFailure(ServerFailure.UNEXPECTED,
                    "create duplicate collection with different parameters, collection: %s", name);
        }
        lastId += 17;
        in.put(new StoredCollection(lastId, name, 0, StoredCollection.NOT_LOADED, schema, Optional.empty(), 0));
    }

    /** Success if there is none. Aliases that pointed at it dangle, on the versions that allow it. */
    public synchronized void dropCollection(String database, String name) {
        StoredDatabase in = database(database);
        if (in.aliases().containsKey(name)) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "cannot drop the collection via alias = %s", name);
        }
        List<String> aliases = listAliases(database, "").stream()
                .filter(alias -> in.target(alias).map(StoredCollection::name).equals(Optional.of(name))).toList();
        if (!aliases.isEmpty() && quirks.refusesToDropACollectionWithAliases()) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "unable to drop the collection [%s] because it has "
                    + "associated aliases %s, please remove all aliases before dropping the collection", name, aliases);
        }
        in.collections().remove(name);
    }

    /** Its aliases follow. */
    public synchronized void renameCollection(String database, String name, String newName) {
        StoredDatabase in = database(database);
        requireName("collection name", newName);
        StoredCollection renamed = in.requireByName(name).named(newName);
        if (in.aliases().containsKey(newName)) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "cannot rename collection to an existing alias: %s",
                    newName);
        }
        if (in.collections().containsKey(newName)) {
            throw new ServerFailure(ServerFailure.UNEXPECTED,
                    "duplicated new collection name %s in database %s with other collection name or alias", newName,
                    database);
        }
        in.collections().remove(name);
        in.put(renamed);
    }

    public void load(String database, String collection) {
        setLoadedPercent(database, collection, StoredCollection.LOADED);
    }

    public void release(String database, String collection) {
        setLoadedPercent(database, collection, StoredCollection.NOT_LOADED);
    }

    /** How far it is loaded; below 100 it is still loading. */
    public void setLoadedPercent(String database, String collection, int percent) {
        change(database, collection, before -> before.loaded(percent));
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

    synchronized Optional<StoredCollection> find(String database, String nameOrAlias) {
        return database(database).resolve(nameOrAlias);
    }

    /** Points the alias at the collection, whether there is such an alias or not. */
    public synchronized void setAlias(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        in.putAlias(alias, in.requireByName(collection).id());
    }

    public synchronized void createAlias(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        requireName("collection alias", alias);
        if (in.collections().containsKey(alias)) {
            throw new ServerFailure(ServerFailure.NAME_IS_A_COLLECTION,
                    "collection name conflict with alias[database=%s][alias=%s]", database, alias);
        }
        long id = in.requireByName(collection).id();
        Long holder = in.aliases().get(alias);
        if (holder != null && holder != id) {
            throw new ServerFailure(ServerFailure.ALIAS_EXISTS,
                    "%s is alias to another collection: %s: alias already exist[database=%s][alias=%s]", alias,
                    in.target(alias).map(StoredCollection::name).orElse(""), database, alias);
        }
        in.putAlias(alias, id);
    }

    synchronized void alterAlias(String database, String alias, String collection) {
        StoredDatabase in = database(database);
        requireName("collection alias", alias);
        long id = in.requireByName(collection).id();
        if (!in.aliases().containsKey(alias)) {
            throw aliasNotFound(database, alias);
        }
        in.putAlias(alias, id);
    }

    /** Success if there is none. */
    public synchronized void dropAlias(String database, String alias) {
        database(database).removeAlias(alias, quirks.dropDestroysStoredNeighbours());
    }

    synchronized String describeAlias(String database, String alias) {
        return target(database, alias).orElseThrow(() -> aliasNotFound(database, alias));
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
        long id = in.require(collection).id();
        return in.aliases().entrySet().stream().filter(alias -> alias.getValue() == id).map(Map.Entry::getKey)
                .toList();
    }

    synchronized void reload() {
        databases.values().forEach(StoredDatabase::reload);
    }

    private StoredDatabase database(String name) {
        StoredDatabase database = databases.get(name.isEmpty() ? DEFAULT_DATABASE : name);
        if (database == null) {
            throw new ServerFailure(ServerFailure.DATABASE_NOT_FOUND, "database not found[database=%s]", name);
        }
        return database;
    }

    private static ServerFailure aliasNotFound(String database, String alias) {
        return new ServerFailure(ServerFailure.ALIAS_NOT_FOUND, "alias not found[database=%s][alias=%s]", database,
                alias);
    }

    private static void requireName(String what, String name) {
        if (!NAME.matcher(name).matches()) {
            throw new ServerFailure(ServerFailure.INVALID_PARAMETER, "Invalid %s: %s: invalid parameter", what, name);
        }
    }
}
