package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.Test;

class MilvusAuthorizationInProcessIT extends MilvusAuthorizationContract {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    /** A server may be anybody's, and its version is shown. */
    @Test
    void aVersionIsShownWithoutThePasswordThatItRepeats() {
        String password = SecretLedger.password("a password that is repeated");
        try (InProcessMilvus milvus = new InProcessMilvus("v2.6.6-" + password)) {
            milvus.accounts().enableAuthorization();
            milvus.accounts().setPassword("app", password);
            milvus.start();

            try (MilvusClient client = MilvusClient.connect(ConnectionSettings.of(milvus.uri(),
                    Credentials.usernamePassword("app", password), TIMEOUT, TIMEOUT), RpcObserver.NONE)) {
                assertThat(client.serverVersion()).isEqualTo("v2.6.6-***");
            }
        }
    }

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
