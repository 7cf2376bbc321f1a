package dev.collectionalias.support;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;

/** The SDK as an application would use it, by somebody who may do everything. */
public final class SdkClients {

    /** The SDK's own 75 make a test wait for an hour where a server is gone. */
    private static final int MOST_TRIES = 5;

    private SdkClients() {}

    public static MilvusClientV2 of(MilvusServer milvus, long rpcDeadlineMs) {
        var config = ConnectConfig.builder().uri(milvus.uri()).rpcDeadlineMs(rpcDeadlineMs)
                .keepAliveWithoutCalls(false).keepAliveTimeMs(300_000);
        if (!milvus.token().isEmpty()) {
            config.token(milvus.token());
        }
        MilvusClientV2 client = new MilvusClientV2(config.build());
        client.retryConfig(RetryConfig.builder().maxRetryTimes(MOST_TRIES).build());
        return client;
    }
}
