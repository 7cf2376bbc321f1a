package dev.collectionalias.milvus;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;

class MilvusGatewayInProcess235IT extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new InProcessMilvus("v2.3.5");
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }

    @Override
    boolean resolvesAliasesAsTargets() {
        return false;
    }

    @Override
    boolean refusesToDropACollectionWithAliases() {
        return false;
    }

    @Override
    boolean dropDestroysNeighbours() {
        return true;
    }

    @Override
    boolean takesPropertiesOff() {
        return false;
    }
}
