package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.support.InProcessMilvus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A connection that stands is asked over itself: neither a name server nor another connection is needed. */
@Timeout(30)
class StandingConnectionTest {

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    @Test
    @SuppressWarnings("FutureReturnValueIgnored") // what fails there shows at the client
    void livesWhenNoOtherCanBeMade() throws IOException {
        try (InProcessMilvus milvus = new InProcessMilvus();
                ServerSocket door = new ServerSocket(0, 8, InetAddress.getLoopbackAddress())) {
            milvus.start();
            threads.submit(() -> {
                while (true) {
                    Socket caller = door.accept();
                    Socket server = new Socket(door.getInetAddress(), URI.create(milvus.uri()).getPort());
                    threads.submit(() -> caller.getInputStream().transferTo(server.getOutputStream()));
                    threads.submit(() -> server.getInputStream().transferTo(caller.getOutputStream()));
                }
            });
            try (MilvusClient client = MilvusClient.connect(
                    ConnectionSettings.of("http://127.0.0.1:" + door.getLocalPort(), Credentials.NONE, DEADLINE,
                            DEADLINE),
                    RpcObserver.NONE)) {
                door.close();

                assertThatCode(client::ping).doesNotThrowAnyException();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
