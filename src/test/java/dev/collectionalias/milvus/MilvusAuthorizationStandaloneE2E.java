package dev.collectionalias.milvus;

import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.SdkAccounts;

class MilvusAuthorizationStandaloneE2E extends MilvusAuthorizationContract {

    @Override
    MilvusServer server() {
        return MilvusStandalone.withAuthorization();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of(started);
    }

    @Override
    void addUser(MilvusServer started, String user, String password, String... privileges) {
        try (SdkAccounts accounts = new SdkAccounts(started)) {
            accounts.addUser(user, password, privileges);
        }
    }

    @Override
    boolean asksForAPrivilegeToAlter() {
        return false;
    }
}
