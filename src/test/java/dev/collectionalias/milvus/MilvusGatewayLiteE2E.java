package dev.collectionalias.milvus;

import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;

class MilvusGatewayLiteE2E extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new MilvusLite();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
    }

    @Override
    boolean hasIds() {
        return false;
    }

    @Override
    boolean describesAliases() {
        return false;
    }

    @Override
    boolean checksNames() {
        return false;
    }

    @Override
    boolean refusesToDropACollectionWithAliases() {
        return false;
    }

    @Override
    boolean loadsNewCollections() {
        return true;
    }
}
