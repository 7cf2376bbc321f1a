package dev.collectionalias.support;

import java.util.Optional;

/** How the server makes, moves and drops aliases, and what its proxy forgets then. */
final class AliasDdl {

    private static final long LOOK_AGAIN_MS = 5;

    private final ServerProfile profile;
    private final StoredDatabases databases;
    private final ProxyCache proxy;
    private final Object lock;

    /** @param lock which {@link MilvusState} holds whenever it comes here */
    AliasDdl(ServerProfile profile, StoredDatabases databases, ProxyCache proxy, Object lock) {
        this.profile = profile;
        this.databases = databases;
        this.proxy = proxy;
        this.lock = lock;
    }

    void create(String database, String alias, String collection) {
        StoredDatabase in = databases.get(database);
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

    void alter(String database, String alias, String collection) {
        StoredDatabase in = databases.get(database);
        requireNoCollection(in, alias);
        long id = target(in, collection).orElseThrow(() -> ServerFailure.collectionNotFound(collection)).id();
        if (!in.aliases().containsKey(alias)) {
            throw in.aliasNotFound(alias);
        }
        point(in, alias, id);
    }

    void drop(String database, String alias) {
        StoredDatabase in = databases.get(database);
        boolean destroysNeighbours = profile.dropDestroysStoredNeighbours();
        if (destroysNeighbours || in.aliases().containsKey(alias)) {
            change(in, alias, () -> in.removeAlias(alias, destroysNeighbours));
        }
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

    /** Waiting lets go of the lock, which all calls need. */
    private void letSearchesIn() {
        proxy.heldChange().ifPresent(hold -> {
            try {
                while (hold.holds()) {
                    lock.wait(LOOK_AGAIN_MS);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
