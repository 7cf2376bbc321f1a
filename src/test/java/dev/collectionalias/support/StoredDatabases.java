package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The databases of {@link InProcessMilvus} by name. {@link MilvusState} holds its lock whenever it comes here. */
final class StoredDatabases {

    private final ServerProfile profile;
    private final Map<String, StoredDatabase> databases = new TreeMap<>();

    StoredDatabases(ServerProfile profile) {
        this.profile = profile;
    }

    void create(String name) {
        if (databases.putIfAbsent(name, new StoredDatabase(name)) != null) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "database already exist: %s", name);
        }
    }

    void drop(String name) {
        if (name.equals(MilvusState.DEFAULT_DATABASE)) {
            throw profile.refusal("can not drop default database");
        }
        if (databases.containsKey(name) && !databases.get(name).collections().isEmpty()) {
            throw profile.refusal("database:%s not empty, must drop all collections before drop database", name);
        }
        databases.remove(name);
    }

    List<String> names() {
        return List.copyOf(databases.keySet());
    }

    boolean contains(String name) {
        return databases.containsKey(MilvusState.named(name));
    }

    StoredDatabase get(String name) {
        StoredDatabase database = databases.get(MilvusState.named(name));
        if (database == null) {
            throw new ServerFailure(ServerFailure.DATABASE_NOT_FOUND, "database not found[database=%s]", name);
        }
        return database;
    }

    void reload() {
        databases.values().forEach(StoredDatabase::reload);
    }
}
