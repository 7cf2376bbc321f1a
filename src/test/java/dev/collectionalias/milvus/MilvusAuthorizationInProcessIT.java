package dev.collectionalias.milvus;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;

class MilvusAuthorizationInProcessIT extends MilvusAuthorizationContract {

    @Override
    MilvusServer server() {
        InProcessMilvus milvus = new InProcessMilvus();
        milvus.accounts().enableAuthorization();
        return milvus;
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }

    @Override
    void addUser(MilvusServer started, String user, String password, String... privileges) {
        InProcessMilvus milvus = (InProcessMilvus) started;
        milvus.accounts().setPassword(user, password);
        milvus.accounts().setPrivileges(user, privileges);
    }
}
