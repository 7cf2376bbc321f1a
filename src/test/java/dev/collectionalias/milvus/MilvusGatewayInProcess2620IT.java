package dev.collectionalias.milvus;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;

class MilvusGatewayInProcess2620IT extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new InProcessMilvus("v2.6.20");
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }
}
