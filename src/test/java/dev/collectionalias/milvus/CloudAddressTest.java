package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;

import dev.collectionalias.milvus.net.Credentials;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The SDK would send the credentials to such an address by HTTP, with the runtime's authorities and without a deadline. */
class CloudAddressTest {

    @ParameterizedTest
    @ValueSource(strings = {"https://x.global-cluster.example.com", "https://X.GLOBAL-CLUSTER.example.com",
            "http://global-cluster-milvus.shop:19530"})
    void isNoneOfAServer(String uri) {
        assertThatThrownBy(
                () -> ConnectionSettings.of(uri, Credentials.NONE, Duration.ofSeconds(1), Duration.ofSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the address must not contain 'global-cluster'");
    }
}
