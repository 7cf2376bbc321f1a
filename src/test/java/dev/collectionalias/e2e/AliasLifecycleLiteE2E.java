package dev.collectionalias.e2e;

import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;

class AliasLifecycleLiteE2E extends AliasLifecycle {

    @Override
    MilvusServer server() {
        return new MilvusLite();
    }
}
