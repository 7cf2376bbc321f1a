package dev.collectionalias.e2e;

import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;

class GatesLiteE2E extends GatesOnRealServers {

    @Override
    MilvusServer server() {
        return new MilvusLite();
    }

    /** It searches every vector then, so that there is nothing for the gate "loaded" to wait for. */
    @Override
    boolean loadsWithoutIndex() {
        return true;
    }

    /** A collection is in memory from its creation on; one that was released is not. */
    @Override
    boolean loadsNewCollections() {
        return true;
    }
}
