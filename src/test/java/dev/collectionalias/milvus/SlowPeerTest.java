package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;

import dev.collectionalias.milvus.net.Credentials;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A peer that says something again and again, and never enough, holds nobody up. */
class SlowPeerTest {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(1);
    private static final Duration BETWEEN_TWO_BYTES = Duration.ofMillis(100);
    private static final Duration MUCH_LESS_THAN_IT_TALKS = Duration.ofSeconds(10);

    private ServerSocket peer;

    @BeforeEach
    void listen() throws IOException {
        peer = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> {
            try {
                while (true) {
                    Socket caller = peer.accept();
                    Thread.ofVirtual().start(() -> trickle(caller));
                }
            } catch (IOException e) {
                // The test is over.
            }
        });
    }

    @AfterEach
    void stop() throws IOException {
        peer.close();
    }

    /** Announces a long record of TLS and sends it byte by byte. The slowness is what the test is about. */
    private static void trickle(Socket caller) {
        byte[] begin = {0x16, 3, 3, 0x3f, (byte) 0xff};
        try (caller) {
            caller.getOutputStream().write(begin[0]);
            for (int i = 1; i < 600; i++) {
                caller.getOutputStream().write(i < begin.length ? begin[i] : 2);
                Thread.sleep(BETWEEN_TWO_BYTES);
            }
        } catch (IOException e) {
            // The caller has had enough.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http", "https"})
    void isLeftAtTheDeadline(String scheme) {
        ConnectionSettings settings = ConnectionSettings.of(scheme + "://127.0.0.1:" + peer.getLocalPort(),
                Credentials.NONE, CONNECT_TIMEOUT, CONNECT_TIMEOUT);

        MilvusException failure = assertTimeoutPreemptively(MUCH_LESS_THAN_IT_TALKS,
                () -> catchThrowableOfType(MilvusException.class,
                        () -> MilvusClient.connect(settings, RpcObserver.NONE)));

        assertThat(failure).isNotNull();
    }
}
