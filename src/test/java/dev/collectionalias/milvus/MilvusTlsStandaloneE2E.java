package dev.collectionalias.milvus;

import java.util.Optional;

import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.ServerTls;

class MilvusTlsStandaloneE2E extends MilvusTlsContract {

    @Override
    MilvusServer server(Optional<ServerTls> tls) {
        return tls.map(MilvusStandalone::with).orElseGet(MilvusStandalone::new);
    }
}
