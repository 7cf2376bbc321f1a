package dev.collectionalias.milvus;

import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;

class MilvusGatewayStandaloneE2E extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new MilvusStandalone();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
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
