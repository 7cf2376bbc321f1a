package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import org.junit.jupiter.api.Test;

/** All aliases of a server wait for one connection to notice that it is back. */
class ReturnOfAServerTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final Failed AWAY = new Failed(Reason.ConnectionFailed, "no answer", Loss.NONE);

    @Test
    void isNoticedSoonAfterALongAbsence() {
        assertThat(untilNextLook(Duration.ofHours(1))).isEqualTo(Duration.ofSeconds(10));
    }

    @Test
    void isNoticedAtOnceAfterAShortOne() {
        assertThat(untilNextLook(Duration.ofSeconds(2))).isEqualTo(Duration.ofSeconds(1));
    }

    private static Duration untilNextLook(Duration away) {
        MilvusConnectionStatus since = report(MilvusConnectionStatus.EMPTY, NOW.minus(away)).status();
        return report(since, NOW).delay();
    }

    private static ConnectionReport report(MilvusConnectionStatus before, Instant now) {
        return ConnectionReporter.report(1, before, AWAY, List.of(), now, 0);
    }
}
