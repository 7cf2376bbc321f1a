package dev.collectionalias.e2e;

import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;

class GatesStandaloneE2E extends GatesOnRealServers {

    @Override
    MilvusServer server() {
        return new MilvusStandalone();
    }
}
