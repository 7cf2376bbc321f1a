package dev.collectionalias.support;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** One database of {@link InProcessMilvus}: its collections by name, and its aliases, which hold a collection's id. */
final class StoredDatabase {

    private final String name;
    private final Map<String, StoredCollection> collections = new TreeMap<>();
    private final Map<String, Long> aliases = new TreeMap<>();
    /** What a restarted server knows; on old servers less than what a running one does. */
    private final Map<String, Long> aliasesOnDisk = new TreeMap<>();

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
    }

    void removeAlias(String alias, boolean destroysStoredNeighbours) {
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
        return behind(aliases.get(alias));
    }

    Optional<StoredCollection> storedTarget(String alias) {
        return behind(aliasesOnDisk.get(alias));
    }

    private Optional<StoredCollection> behind(Long id) {
        return collections.values().stream().filter(collection -> id != null && collection.id() == id).findFirst();
    }

    /** The collection of this name, or the one behind the alias of this name. */
    Optional<StoredCollection> resolve(String nameOrAlias) {
        return Optional.ofNullable(collections.get(nameOrAlias)).or(() -> target(nameOrAlias));
    }

    StoredCollection require(String nameOrAlias) {
        return resolve(nameOrAlias).orElseThrow(() -> collectionNotFound(nameOrAlias));
    }

    /** Where an alias does not stand for its collection. */
    StoredCollection requireByName(String collection) {
        return Optional.ofNullable(collections.get(collection)).orElseThrow(() -> collectionNotFound(collection));
    }

    private ServerFailure collectionNotFound(String collection) {
        return new ServerFailure(ServerFailure.COLLECTION_NOT_FOUND,
                "collection not found[database=%s][collection=%s]", name, collection);
    }
}
