package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.support.ShiftedClock;
import org.junit.jupiter.api.Test;

/** For how long there has been no client does not begin anew with every attempt to connect. */
class MilvusConnectionsTest {

    private static final ConnectionName ID = ConnectionName.of(ConnectionKind.MilvusConnection, "shop",
            "default");
    private static final Duration DEADLINE = Duration.ofSeconds(1);
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static ConnectionSettings nobodyListens() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return ConnectionSettings.of("http://127.0.0.1:" + socket.getLocalPort(), Credentials.NONE, DEADLINE,
                    DEADLINE);
        }
    }

    @Test
    void countsFromTheFirstFailureOfAConnectionThatIsGivenUp() throws IOException {
        ConnectionSettings settings = nobodyListens();
        ShiftedClock clock = new ShiftedClock(Clock.fixed(NOON, ZoneOffset.UTC));
        try (MilvusConnections connections = new MilvusConnections(clock, id -> RpcObserver.NONE)) {
            connections.giveUp(ID, (Failed) connections.connect(ID, settings));
            assertThat(connections.goneSince(ID)).isEqualTo(NOON);

            clock.putForward(Duration.ofMinutes(5));
            connections.giveUp(ID, (Failed) connections.connect(ID, settings));

            assertThat(connections.goneSince(ID)).isEqualTo(NOON);
            assertThat(connections.state(ID)).get().isInstanceOfSatisfying(Failed.class,
                    failed -> assertThat(failed.loss()).isEqualTo(Loss.PERHAPS));
        }
    }
}
