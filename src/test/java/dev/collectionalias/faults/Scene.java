package dev.collectionalias.faults;

import java.util.List;

import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.TestNamespace;

/**
 * What a drill needs where it is not Milvus that fails: one inside this JVM, of a version that takes more than one call for a
 * switch, and users of its aliases. The operator is what a test adds.
 */
final class Scene implements AutoCloseable {

    static final String CONNECTION = "{uri: '%s', timeouts: {connect: 2s, rpc: 3s}}";

    private static final String VERSION = "v2.3.5";
    private static final List<String> COLLECTIONS = List.of("blue", "green", "red");

    private final InProcessMilvus milvus = new InProcessMilvus(VERSION);
    private final MilvusAliases aliases;
    private final TestNamespace namespace;
    private final AliasObjects objects;
    private final Ledger ledger;
    private final Load load;

    /**
     * @param count of aliases
     * @param spec  what else is in the objects' specs
     */
    Scene(TestNamespace namespace, String prefix, int count, double perSecond, String spec) {
        this.namespace = namespace;
        milvus.start();
        for (String collection : COLLECTIONS) {
            milvus.state().createCollection(MilvusState.DEFAULT_DATABASE, collection);
            milvus.state().load(MilvusState.DEFAULT_DATABASE, collection);
        }
        aliases = new MilvusAliases(milvus);
        objects = new AliasObjects(namespace);
        ledger = new Ledger(objects, aliases::all);
        load = new Load(objects, ledger, new Load.Shape(prefix, count, perSecond, COLLECTIONS, spec));
    }

    /** @param uri where the operator is told that Milvus is */
    Scene connect(String uri) {
        objects.connection("default", CONNECTION.formatted(uri));
        load.applyAll();
        return this;
    }

    Scene connect() {
        return connect(milvus.uri());
    }

    Drill drill(FaultReport report) {
        return new Drill(load, ledger, report);
    }

    String namespace() {
        return namespace.name();
    }

    InProcessMilvus milvus() {
        return milvus;
    }

    AliasObjects objects() {
        return objects;
    }

    Ledger ledger() {
        return ledger;
    }

    Load load() {
        return load;
    }

    @Override
    public void close() {
        load.close();
        aliases.close();
        milvus.close();
    }
}
