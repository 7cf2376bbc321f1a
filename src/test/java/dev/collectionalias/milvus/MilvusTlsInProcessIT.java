package dev.collectionalias.milvus;

import java.util.Optional;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.ServerTls;

class MilvusTlsInProcessIT extends MilvusTlsContract {

    @Override
    MilvusServer server(Optional<ServerTls> tls) {
        InProcessMilvus milvus = new InProcessMilvus();
        tls.ifPresent(milvus::with);
        return milvus;
    }
}
