package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import org.junit.jupiter.api.AfterAll;

class MilvusGatewayInProcessIT extends MilvusGatewayContract {

    @Override
    MilvusServer server() {
        return new InProcessMilvus();
    }

    /** Zilliz Cloud serverless knows none by that name. */
    @AfterAll
    void noRequestNamedTheDefaultDatabase() {
        assertThat(((InProcessMilvus) server).journal().namingTheDefaultDatabase()).isEmpty();
    }

    @Override
    MilvusCollections collections(MilvusServer started) {
        return MilvusCollections.of((InProcessMilvus) started);
    }
}
