package dev.collectionalias.milvus;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;

class MilvusGatewayInProcess260IT extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new InProcessMilvus("v2.6.0");
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }
}
