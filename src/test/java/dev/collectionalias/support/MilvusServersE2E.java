package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.Optional;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The real servers that other tests rely on come up, come back and go away. */
class MilvusServersE2E {

    static Stream<MilvusServer> servers() {
        return Stream.of(new MilvusLite(), new MilvusStandalone(), MilvusStandalone.withAuthorization());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void answersAgainAfterItWasKilled(MilvusServer server) {
        try (server) {
            server.start();
            server.kill();
            assertThat(takesChanges(server)).isFalse();

            server.start();

            assertThat(takesChanges(server)).isTrue();
        }
        assertThat(takesChanges(server)).isFalse();
    }

    private static boolean takesChanges(MilvusServer server) {
        return MilvusProbe.takesChanges(URI.create(server.uri()).getPort(), Optional.empty(), server.token());
    }
}
