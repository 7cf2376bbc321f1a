package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import io.milvus.grpc.CollectionSchema;

/**
 * How the server makes, drops, renames and alters collections, and what its proxy forgets then. {@link MilvusState} holds
 * its lock whenever it comes here.
 */
final class CollectionDdl {

    private final ServerProfile profile;
    private final StoredDatabases databases;
    private final ProxyCache proxy;
    private long lastId = 450_000_000_000_000_000L;
    private long lastTimestamp = 460_000_000_000_000_000L;

    CollectionDdl(ServerProfile profile, StoredDatabases databases, ProxyCache proxy) {
        this.profile = profile;
        this.databases = databases;
        this.proxy = proxy;
    }

    void create(String database, String name, CollectionSchema schema) {
        StoredDatabase in = databases.get(database);
        NameRules.requireCollection(name);
        if (in.aliases().containsKey(name)) {
            throw profile.nameIsAnAlias(in.name(), name, "please choose a unique name: ");
        }
        if (in.collections().containsKey(name)) {
            throw new ServerFailure(ServerFailure.UNEXPECTED,
                    "create duplicate collection with different parameters, collection: %s", name);
        }
        lastId += 17;
        in.put(new StoredCollection(lastId, name, 0, StoredCollection.NOT_LOADED, List.of(), schema, Optional.empty(),
                0,
                new CollectionProperties(Map.of(), nextTimestamp())));
    }

    void drop(String database, String name) {
        if (!databases.contains(database) && profile.dropsCollectionsOfMissingDatabases()) {
            return;
        }
        StoredDatabase in = databases.get(database);
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

    void rename(String database, String name, String newDatabase, String newName) {
        StoredDatabase from = databases.get(database);
        StoredDatabase to = databases.get(newDatabase);
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

    /** The same value again, and a key that is not there, change nothing: internal/rootcoord of 2.6, unproven before. */
    void alter(String database, String nameOrAlias, Map<String, String> set, List<String> deleted) {
        List<String> known = profile.deletesProperties() ? deleted : List.of();
        requireOneOf(set, deleted, known);
        StoredDatabase in = databases.get(database);
        StoredCollection before = in.require(nameOrAlias);
        StoredCollection after = before.with(before.properties().with(set, known, nextTimestamp()));
        if (!after.equals(before)) {
            in.put(after);
            proxy.expire(in.name(), after.name());
            in.aliasesOf(after.name()).forEach(alias -> proxy.expire(in.name(), alias));
        }
    }

    private void requireOneOf(Map<String, String> set, List<String> deleted, List<String> known) {
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
    }

    private long nextTimestamp() {
        lastTimestamp += 1 << 18;
        return lastTimestamp;
    }
}
