package dev.collectionalias.milvus;

import java.util.Set;

import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;

class MilvusFactsLiteE2E extends MilvusFactsContract {

    @Override
    MilvusServer server() {
        return new MilvusLite();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
    }

    @Override
    Set<CollectionShape> otherVectors() {
        return Set.of(CollectionShape.SPARSE);
    }

    @Override
    boolean loadsWithoutIndex() {
        return true;
    }

    @Override
    boolean knowsReplicas() {
        return false;
    }

    @Override
    boolean loadsNewCollections() {
        return true;
    }
}
