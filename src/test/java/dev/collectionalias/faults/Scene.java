package dev.collectionalias.faults;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.TestNamespace;

/** The Milvus is inside this JVM, of a version that takes more than one call for a switch. */
final class Scene extends MilvusScene<InProcessMilvus> {

    private static final String VERSION = "v2.3.5";

    /**
     * @param count of aliases
     * @param spec  what else is in the objects' specs
     */
    Scene(TestNamespace namespace, String prefix, int count, double perSecond, String spec) {
        this(started(new InProcessMilvus(VERSION)), namespace,
                new Load.Shape(prefix, count, perSecond, COLLECTIONS, spec));
    }

    private Scene(InProcessMilvus milvus, TestNamespace namespace, Load.Shape shape) {
        super(milvus, MilvusCollections.of(milvus), namespace, shape);
    }

    private static InProcessMilvus started(InProcessMilvus milvus) {
        milvus.start();
        return milvus;
    }
}
