package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
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
        int port = URI.create(server.uri()).getPort();
        try (server) {
            server.start();
            server.kill();
            assertThat(MilvusProbe.takesChanges(port)).isFalse();

            server.start();

            assertThat(MilvusProbe.takesChanges(port)).isTrue();
        }
        assertThat(MilvusProbe.takesChanges(port)).isFalse();
    }
}
