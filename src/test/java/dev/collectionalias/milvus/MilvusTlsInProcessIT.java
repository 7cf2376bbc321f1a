package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MilvusTlsInProcessIT extends MilvusTlsContract {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    @Override
    MilvusServer server(Optional<ServerTls> tls) {
        InProcessMilvus milvus = new InProcessMilvus();
        tls.ifPresent(milvus::with);
        return milvus;
    }

    @ParameterizedTest
    @ValueSource(strings = {"secp521r1", "Ed25519", "RSASSA-PSS"})
    void aServerMayHaveAnyKindOfKeyThatTheRuntimeKnows(String kind) {
        Authority authority = new Authority("authority", kind);
        try (MilvusServer server = server(
                Optional.of(ServerTls.oneWay(authority.issueFor(kind, "ip:127.0.0.1"))))) {
            server.start();

            MilvusClient.connect(ConnectionSettings.of(server.uri(), Credentials.NONE, DEADLINE, DEADLINE)
                    .with(new Tls(List.of(authority.certificate()), Optional.empty(), Optional.empty())),
                    RpcObserver.NONE).close();
        }
    }
}
