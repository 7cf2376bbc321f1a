package dev.collectionalias.milvus;

import java.util.Set;

import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;

class MilvusFactsStandaloneE2E extends MilvusFactsContract {

    @Override
    MilvusServer server() {
        return new MilvusStandalone();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
    }

    @Override
    Set<CollectionShape> otherVectors() {
        return Set.of(CollectionShape.BINARY);
    }

    @Override
    boolean knowsFunctions() {
        return false;
    }

    @Override
    boolean knowsSeveralVectorFields() {
        return false;
    }
}
