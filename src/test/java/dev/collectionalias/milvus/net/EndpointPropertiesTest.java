package dev.collectionalias.milvus.net;

import static dev.collectionalias.support.Sentences.assertOneSentence;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Locale;

import dev.collectionalias.milvus.ConnectionSettings;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Addresses as users write them. */
class EndpointPropertiesTest {

    private static final String PASSWORD = "Pw-0123456789";

    @Property
    void anyTextIsAnAddressOrThereIsASentence(@ForAll("texts") String uri) {
        try {
            ConnectionSettings settings = ConnectionSettings.of(uri, Credentials.NONE, Duration.ofSeconds(1),
                    Duration.ofSeconds(1));
            assertThat(settings.endpoint().port()).isBetween(1, 65535);
            assertThat(settings.endpoint().host()).isNotBlank();
            assertThat(Endpoint.find(uri)).contains(settings.endpoint());
            assertThat(settings.toString()).doesNotContain(PASSWORD);
        } catch (IllegalArgumentException e) {
            assertOneSentence(e.getMessage());
            assertThat(e.getMessage()).doesNotContain(PASSWORD);
            assertThat(Endpoint.find(uri)).isEmpty();
        }
    }

    /** Aliases are owned per endpoint: one server must not be two. */
    @Property
    void oneServerIsOneEndpointHoweverItIsWritten(@ForAll("services") String service, @ForAll("ports") int port,
            @ForAll("ends") String end) {
        Endpoint endpoint = Endpoint.of("http://%s:%d".formatted(service, port));

        assertThat(Endpoint.of("HTTPS://%s%s:%d".formatted(service.toUpperCase(Locale.ROOT), end, port)))
                .isEqualTo(endpoint);
        assertThat(Endpoint.of("http://" + endpoint)).as("read again").isEqualTo(endpoint);
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of("http", "https", "ftp", ":", "//", "://", "host", "milvus.prod.svc",
                "[::1]",
                "[fe80::1%25eth0]", "127.0.0.1", "@", "root:" + PASSWORD + "@", ":19530", ":0", ":65536",
                ":99999999999",
                ":-1", "/", "?", "#", "%", "%zz", "\\", "\n", " ", "\u0000", "ü", "日本", "_", "..", "-", "[", "]", "");
        Arbitrary<String> some = parts.list().ofMaxSize(8).map(list -> String.join("", list));
        Arbitrary<String> like = Combinators.combine(Arbitraries.of("http://", "https://"), some).as(String::concat);
        return Arbitraries.oneOf(some, like, Arbitraries.strings().all().ofMaxLength(300),
                Arbitraries.strings().all().ofMaxLength(20).map("http://"::concat),
                Arbitraries.strings().ascii().ofLength(3000).map("http://"::concat));
    }

    @Provide
    Arbitrary<String> services() {
        Arbitrary<String> labels = Arbitraries.strings().withCharRange('a', 'z').numeric().withChars('-').ofMinLength(1)
                .ofMaxLength(20).filter(label -> label.matches("[a-z]([a-z0-9-]*[a-z0-9])?") && !label.equals("svc"));
        return Combinators.combine(labels, labels).as((name, namespace) -> name + "." + namespace);
    }

    @Provide
    Arbitrary<Integer> ports() {
        return Arbitraries.integers().between(1, 65535);
    }

    @Provide
    Arbitrary<String> ends() {
        return Arbitraries.of("", ".", ".svc", ".svc.cluster.local", ".svc.cluster.local.", ".SVC");
    }
}
