package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** One database of {@link InProcessMilvus}: its collections by name, and its aliases, which hold a collection's id. */
final class StoredDatabase {

    /** One change of etcd has at most 128 operations, and each alias takes two. */
    private static final int MOST_NEIGHBOURS = 63;

    private final String name;
    private final Map<String, StoredCollection> collections = new TreeMap<>();
    private final Map<String, Long> aliases = new TreeMap<>();
    /** What a restarted server knows; on old servers less than what a running one does. */
    private final Map<String, Long> aliasesOnDisk = new TreeMap<>();

    /** Those that were dropped are still somewhere in etcd, as older snapshots. */
    private final Set<String> everStored = new TreeSet<>();

    StoredDatabase(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    Map<String, StoredCollection> collections() {
        return collections;
    }

    Map<String, Long> aliases() {
        return aliases;
    }

    void put(StoredCollection collection) {
        collections.put(collection.name(), collection);
    }

    void putAlias(String alias, long id) {
        aliases.put(alias, id);
        aliasesOnDisk.put(alias, id);
        everStored.add(alias);
    }

    boolean pointsAt(String alias, long id) {
        return Long.valueOf(id).equals(aliases.get(alias));
    }

    void removeAlias(String alias, boolean destroysStoredNeighbours) {
        if (destroysStoredNeighbours && everStored.stream()
                .filter(stored -> stored.startsWith(alias) && !stored.equals(alias)).count() > MOST_NEIGHBOURS) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "etcdserver: too many operations in txn request");
        }
        aliases.remove(alias);
        aliasesOnDisk.keySet()
                .removeIf(stored -> stored.equals(alias) || destroysStoredNeighbours && stored.startsWith(alias));
    }

    void reload() {
        aliases.clear();
        aliases.putAll(aliasesOnDisk);
    }

    /** What the alias points at; empty if there is none, or its collection was dropped. */
    Optional<StoredCollection> target(String alias) {
        return withId(aliases.get(alias));
    }

    Optional<StoredCollection> storedTarget(String alias) {
        return withId(aliasesOnDisk.get(alias));
    }

    Optional<StoredCollection> withId(Long id) {
        return collections.values().stream().filter(collection -> id != null && collection.id() == id).findFirst();
    }

    /** The collection of this name, or the one behind the alias of this name. */
    Optional<StoredCollection> resolve(String nameOrAlias) {
        return Optional.ofNullable(collections.get(nameOrAlias)).or(() -> target(nameOrAlias));
    }

    StoredCollection require(String nameOrAlias) {
        return resolve(nameOrAlias).orElseThrow(() -> collectionNotFound(nameOrAlias));
    }

    Optional<StoredCollection> named(String collection) {
        return Optional.ofNullable(collections.get(collection));
    }

    /** Where an alias does not stand for its collection. */
    StoredCollection requireByName(String collection) {
        return named(collection).orElseThrow(() -> collectionNotFound(collection));
    }

    List<String> aliasesOf(String collection) {
        return aliases.keySet().stream()
                .filter(alias -> target(alias).map(StoredCollection::name).equals(Optional.of(collection))).toList();
    }

    ServerFailure collectionNotFound(String collection) {
        return new ServerFailure(ServerFailure.COLLECTION_NOT_FOUND,
                "collection not found[database=%s][collection=%s]", name, collection);
    }

    ServerFailure aliasNotFound(String alias) {
        return new ServerFailure(ServerFailure.ALIAS_NOT_FOUND, "alias not found[database=%s][alias=%s]", name, alias);
    }
}
