package dev.collectionalias.milvus;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;

class MilvusGatewayInProcess25IT extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new InProcessMilvus("v2.5.10");
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }

    @Override
    boolean resolvesAliasesAsTargets() {
        return false;
    }
}
