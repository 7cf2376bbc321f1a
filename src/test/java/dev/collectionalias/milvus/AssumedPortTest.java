package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.net.Endpoint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a uri without a port leads, by what the connection's status remembers. */
class AssumedPortTest {

    @ParameterizedTest
    @CsvSource({"https://milvus, milvus:443", "HTTPS://milvus/, milvus:443", "http://milvus, milvus:19530",
            "https://milvus:19530, milvus:19530", "http://milvus:443, milvus:443", "https://[::1], [::1]:443"})
    void isTheOneOfTheSchemeUnlessTheUriNamesOne(String uri, String endpoint) {
        assertThat(Endpoint.of(uri)).hasToString(endpoint);
        assertThat(port(uri, null, null).endpoint()).map(Endpoint::toString).contains(endpoint);
        assertThat(ConnectionSettings.of(uri, Credentials.NONE, Duration.ofSeconds(1), Duration.ofSeconds(1)).address())
                .as("what is looked at and dialled").hasToString(endpoint);
    }

    /** As a version wrote it that knew of no other default, whatever became of the server since. */
    @ParameterizedTest
    @ValueSource(strings = {"https://milvus.prod", "https://MILVUS.prod.svc/",
            "https://milvus.prod.svc.cluster.local."})
    void isKeptWhereAnEarlierVersionWasLetIn(String uri) {
        AssumedPort port = port(uri, "milvus.prod:19530", null);

        assertThat(port.isKept()).isTrue();
        assertThat(port.isOpen()).isFalse();
        assertThat(port.endpoint()).map(Endpoint::toString).contains("milvus.prod:19530");
    }

    @Test
    void isKeptByTheVersionsAfterThatToo() {
        assertThat(port("https://milvus", "milvus:19530", "https://milvus").isKept()).isTrue();
        assertThat(port("https://milvus/", "milvus:19530", "https://Milvus").isKept()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"https://milvus:19530", "http://milvus", "https://other"})
    void isKeptUntilTheUriChanges(String before) {
        AssumedPort port = port("https://milvus", "milvus:19530", before);

        assertThat(port.isKept()).isFalse();
        assertThat(port.endpoint()).map(Endpoint::toString).contains("milvus:443");
    }

    @ParameterizedTest
    @CsvSource({"https://milvus:443", "https://milvus:19530", "http://milvus", "https://other"})
    void isNotKeptByAnotherAddress(String uri) {
        assertThat(port(uri, "milvus:19530", null).isKept()).isFalse();
        assertThat(port(uri, "milvus:19530", null).endpoint()).contains(Endpoint.of(uri));
    }

    @Test
    void isOpenUntilTheServerWasReached() {
        assertThat(port("https://milvus", null, null).isOpen()).isTrue();
        assertThat(port("https://milvus", "other:19530", "https://other").isOpen()).isTrue();
        assertThat(port("https://milvus", "milvus:443", "https://milvus").isOpen()).isFalse();
        assertThat(port("https://milvus:443", null, null).isOpen()).isFalse();
        assertThat(port("http://milvus", null, null).isOpen()).isFalse();
        assertThat(port(null, null, null).isOpen()).isFalse();
    }

    @Test
    void isOneForAllConnectionsOfOneAddress() {
        AssumedPort port = port("https://milvus.prod.svc", "milvus.prod:19530", null);

        assertThat(port.hasTheAddressOf("https://Milvus.prod/")).isTrue();
        assertThat(port.hasTheAddressOf("https://milvus.prod:443")).isFalse();
        assertThat(port.hasTheAddressOf("http://milvus.prod")).isFalse();
        assertThat(port.hasTheAddressOf("https://milvus.test")).isFalse();
        assertThat(port.hasTheAddressOf(null)).isFalse();
    }

    /** The SDK dials 443 for such an address, and 19530 for any other, where it is given no port. */
    @Test
    void isDialledAsItWasLookedAt() {
        String serverless = "https://in03-0123456789abcdef0123.serverless.gcp-us-west1.cloud.zilliz.com";

        assertThat(settings(serverless).address().port()).isEqualTo(443);
        assertThat(settings(serverless + ":19530").address().port()).isEqualTo(19530);
        assertThat(settings("https://milvus").at(19530).address()).hasToString("milvus:19530");
        assertThat(settings("https://milvus").at(19530).endpoint()).hasToString("milvus:19530");
    }

    @Test
    void isExplainedWhereTheUriDoesNotNameIt() {
        assertThat(AssumedPort.note(settings("https://milvus")))
                .contains("the uri names no port, so that 443 is assumed, as for any https address");
        assertThat(AssumedPort.note(settings("https://milvus").at(19530)))
                .contains("the uri names no port, which means "
                        + "443 for https, but 19530 is kept, since this address was reached there before: write the port into the "
                        + "uri");
        assertThat(List.of("https://milvus:443", "https://milvus:19530", "http://milvus"))
                .allSatisfy(uri -> assertThat(AssumedPort.note(settings(uri))).isEmpty());
        assertThat(AssumedPort.note(settings("https://milvus").toldBy("a Milvus of milvus-operator"))).isEmpty();
    }

    private static ConnectionSettings settings(String uri) {
        return ConnectionSettings.of(uri, Credentials.NONE, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static AssumedPort port(String uri, String endpoint, String reachedBy) {
        return new AssumedPort(uri, new MilvusConnectionStatus(1L, endpoint, reachedBy, "v3.0.0", List.of()));
    }
}
