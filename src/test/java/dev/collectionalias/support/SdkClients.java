package dev.collectionalias.support;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;

/** The SDK as an application would use it, by somebody who may do everything. */
final class SdkClients {

    private SdkClients() {}

    static MilvusClientV2 of(MilvusServer milvus, long rpcDeadlineMs) {
        var config = ConnectConfig.builder().uri(milvus.uri()).rpcDeadlineMs(rpcDeadlineMs)
                .keepAliveWithoutCalls(false).keepAliveTimeMs(300_000);
        if (!milvus.token().isEmpty()) {
            config.token(milvus.token());
        }
        return new MilvusClientV2(config.build());
    }
}
