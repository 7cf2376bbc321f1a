package dev.collectionalias.milvus.net;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** What users read of an address that is none. */
class EndpointTest {

    @Test
    void theAddressIsNotRepeated() {
        assertThatThrownBy(() -> Endpoint.of("http://root:password@milvus:19530\n"))
                .isInstanceOf(IllegalArgumentException.class).hasMessage("uri is no address that can be read");
    }
}
