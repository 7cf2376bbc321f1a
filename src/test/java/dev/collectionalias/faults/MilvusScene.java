package dev.collectionalias.faults;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.TestNamespace;

/**
 * What every drill needs: a Milvus with collections, and users of its aliases. The operator is what a test adds.
 *
 * @param <M> the kind of Milvus
 */
class MilvusScene<M extends MilvusServer> implements AutoCloseable {

    static final String CONNECTION = "{uri: '%s', timeouts: {connect: 2s, rpc: 3s}}";
    static final String DATABASE = "default";
    /** Whose answer a search has, is told by the rows. */
    static final Map<Integer, String> COLLECTION_BY_ROWS = new TreeMap<>(Map.of(7, "blue", 11, "green", 13, "red"));
    static final List<String> COLLECTIONS = List.copyOf(COLLECTION_BY_ROWS.values());

    private final M milvus;
    private final MilvusAliases aliases;
    private final TestNamespace namespace;
    private final AliasObjects objects;
    private final Ledger ledger;
    private final Load load;

    /**
     * @param milvus that runs, with nothing in it
     * @param collectionsOfIt a way to make some
     */
    MilvusScene(M milvus, MilvusCollections collectionsOfIt, TestNamespace namespace, Load.Shape shape) {
        this.milvus = milvus;
        this.namespace = namespace;
        try (collectionsOfIt) {
            COLLECTION_BY_ROWS.forEach((rows, collection) -> {
                collectionsOfIt.create(DATABASE, collection, rows);
                collectionsOfIt.load(DATABASE, collection);
            });
        }
        aliases = new MilvusAliases(milvus);
        objects = new AliasObjects(namespace);
        ledger = new Ledger(objects, aliases::all);
        load = new Load(objects, ledger, shape);
    }

    /** @param uri where the operator is told that Milvus is */
    final void connect(String uri) {
        objects.connection("default", CONNECTION.formatted(uri));
        load.applyAll();
    }

    final void connect() {
        connect(milvus.uri());
    }

    final Drill drill(FaultReport report) {
        return new Drill(load, ledger, report);
    }

    final String namespace() {
        return namespace.name();
    }

    final M milvus() {
        return milvus;
    }

    /** Milvus without the operator, and without what may stand between the two. */
    final MilvusAliases aliases() {
        return aliases;
    }

    final AliasObjects objects() {
        return objects;
    }

    final Ledger ledger() {
        return ledger;
    }

    final Load load() {
        return load;
    }

    @Override
    public final void close() {
        load.close();
        aliases.close();
        milvus.close();
    }
}
