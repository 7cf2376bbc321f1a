package dev.collectionalias.e2e;

import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;

class AliasLifecycleStandaloneE2E extends AliasLifecycle {

    @Override
    MilvusServer server() {
        return MilvusStandalone.withAuthorization();
    }
}
