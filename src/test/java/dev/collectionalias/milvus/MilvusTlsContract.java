package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.tls.ClientCertificate;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a connection can say of TLS, against the ways in which a server can speak it: the server lets the operator in, or
 * there is a sentence of its own.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MilvusTlsContract {

    private static final String HERE = "ip:127.0.0.1";
    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private Authority authority;
    private Authority stranger;
    private Identity client;

    /** Not started yet. */
    abstract MilvusServer server(Optional<ServerTls> tls);

    @BeforeAll
    void authorities() {
        authority = new Authority("authority");
        stranger = new Authority("stranger");
        client = authority.issue("dns:client");
    }

    /** A server that speaks TLS in one way, for the tests of a nested class. */
    @TestInstance(TestInstance.Lifecycle.PER_CLASS)
    abstract class Against {
        private MilvusServer server;
        Optional<ServerTls> spoken;

        abstract Optional<ServerTls> tls();

        @BeforeAll
        void start() {
            spoken = tls();
            server = server(spoken);
            server.start();
        }

        @AfterAll
        void close() {
            server.close();
        }

        void connects(Tls tls) {
            connects(server.uri(), tls);
        }

        void connects(String uri, Tls tls) {
            try (MilvusClient connected = MilvusClient.connect(settings(uri, tls), RpcObserver.NONE)) {
                assertThat(connected.gateway().describeAlias("default", "nothing")).isEmpty();
                connected.ping();
            }
        }

        void fails(Tls tls, String sentence) {
            fails(server.uri(), tls, sentence);
        }

        void fails(String uri, Tls tls, String sentence) {
            MilvusException failure = catchThrowableOfType(MilvusException.class,
                    () -> MilvusClient.connect(settings(uri, tls), RpcObserver.NONE).close());
            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.TLS);
            assertThat(failure.getMessage()).isEqualTo(uri.replaceFirst("https?://", "") + ": " + sentence);
        }

        String uri() {
            return server.uri();
        }

        private ConnectionSettings settings(String uri, Tls tls) {
            return ConnectionSettings.of(uri, new Credentials(server.token()), DEADLINE, DEADLINE).with(tls);
        }
    }

    @Nested
    class Plain extends Against {
        @Override
        Optional<ServerTls> tls() {
            return Optional.empty();
        }

        @Test
        void letsThoseInWhoSpeakNoTls() {
            connects(Tls.OF_THE_RUNTIME);
        }

        @Test
        void isNamedAsSuch() {
            fails(uri().replace("http:", "https:"), trusting(authority),
                    "it does not speak TLS; use http:// if that is intended");
        }
    }

    @Nested
    class OneWay extends Against {
        @Override
        Optional<ServerTls> tls() {
            return Optional.of(ServerTls.oneWay(authority.issue(HERE + ",dns:milvus.internal")));
        }

        @Test
        void isTrustedBecauseOfItsAuthority() {
            connects(trusting(authority));
        }

        @Test
        void isTrustedBecauseOfOneAuthorityOfSeveral() {
            connects(new Tls(List.of(stranger.certificate(), authority.certificate()), Optional.empty(),
                    Optional.empty()));
        }

        @Test
        void isTrustedUnderTheNameThatItHas() {
            connects(new Tls(List.of(authority.certificate()), Optional.empty(), Optional.of("milvus.internal")));
        }

        @Test
        void doesNotMindACertificateThatItDidNotAskFor() {
            connects(new Tls(List.of(authority.certificate()), certificate(client), Optional.empty()));
            connects(new Tls(List.of(authority.certificate()), certificate(client), Optional.of("milvus.internal")));
        }

        @Test
        void isNotTrustedBecauseOfAnotherAuthority() {
            String sentence = "the TLS handshake failed: the server's certificate is not signed by an authority that "
                    + "spec.tls.caRef names";
            fails(trusting(stranger), sentence);
            fails(new Tls(List.of(stranger.certificate()), certificate(client), Optional.empty()), sentence);
        }

        @Test
        void isNotTrustedByTheRuntime() {
            String sentence = "the TLS handshake failed: the server's certificate is not signed by an authority that "
                    + "the operator trusts";
            fails(Tls.OF_THE_RUNTIME, sentence);
            fails(new Tls(List.of(), Optional.empty(), Optional.of("milvus.internal")), sentence);
            fails(new Tls(List.of(), certificate(client), Optional.empty()), sentence);
        }

        @Test
        void isNotTrustedUnderAnotherName() {
            String sentence = "the TLS handshake failed: the server's certificate is for 127.0.0.1, milvus.internal, "
                    + "not for milvus.external; if it is the right server, set spec.tls.serverName";
            fails(new Tls(List.of(authority.certificate()), Optional.empty(), Optional.of("milvus.external")),
                    sentence);
            fails(new Tls(List.of(authority.certificate()), certificate(client), Optional.of("milvus.external")),
                    sentence);
        }

        @Test
        void asksForTls() {
            fails(uri().replace("https:", "http:"), Tls.OF_THE_RUNTIME, "the server speaks TLS; use https://");
        }
    }

    @Nested
    class Expired extends Against {
        @Override
        Optional<ServerTls> tls() {
            return Optional.of(ServerTls.oneWay(authority.issueExpired("dns:milvus.internal")));
        }

        @Test
        void isNotTrustedByAnybody() {
            fails(new Tls(List.of(authority.certificate()), Optional.empty(), Optional.of("milvus.internal")),
                    "the TLS handshake failed: the server's certificate has expired, on "
                            + spoken.orElseThrow().identity().certificate().getNotAfter().toInstant());
        }
    }

    @Nested
    class Mutual extends Against {
        @Override
        Optional<ServerTls> tls() {
            return Optional.of(ServerTls.mutual(authority.issue("dns:milvus.internal," + HERE), authority));
        }

        @Test
        void letsThoseInWhomItsAuthoritySigned() {
            connects(new Tls(List.of(authority.certificate()), certificate(client), Optional.empty()));
            connects(new Tls(List.of(authority.certificate()), certificate(client), Optional.of("milvus.internal")));
        }

        @ParameterizedTest
        @ValueSource(strings = {"RSA", "secp384r1", "secp521r1", "Ed25519"})
        void letsEachKindOfKeyIn(String kind) {
            connects(new Tls(List.of(authority.certificate()), certificate(authority.issueFor(kind, "dns:other")),
                    Optional.empty()));
        }

        @Test
        void asksForACertificate() {
            fails(trusting(authority), "the TLS handshake failed: the server asks for a client certificate; "
                    + "set spec.tls.clientCertSecretRef");
        }

        @Test
        void asksForACertificateOfItsAuthority() {
            fails(new Tls(List.of(authority.certificate()), certificate(stranger.issue("dns:stranger")),
                    Optional.empty()),
                    "the TLS handshake failed: the server asks for a client certificate of another authority than "
                            + "CN=stranger");
        }

        @Test
        void asksForACertificateThatIsValid() {
            Identity late = authority.issueExpired("dns:late");
            fails(new Tls(List.of(authority.certificate()), certificate(late), Optional.empty()),
                    "the TLS handshake failed: the server does not accept the client certificate, which is valid from "
                            + late.certificate().getNotBefore().toInstant() + " to "
                            + late.certificate().getNotAfter().toInstant() + " only");
        }

        @Test
        void isStillNotTrustedBecauseOfAnotherAuthority() {
            fails(new Tls(List.of(stranger.certificate()), certificate(client), Optional.empty()),
                    "the TLS handshake failed: the server's certificate is not signed by an authority that "
                            + "spec.tls.caRef names");
        }

        @Test
        void asksForTls() {
            fails(uri().replace("https:", "http:"), Tls.OF_THE_RUNTIME, "the server speaks TLS; use https://");
        }
    }

    private static Tls trusting(Authority trusted) {
        return new Tls(List.<X509Certificate>of(trusted.certificate()), Optional.empty(), Optional.empty());
    }

    private static Optional<ClientCertificate> certificate(Identity identity) {
        return Optional.of(ClientCertificate.of(identity.certificatePem(), identity.keyPem()));
    }
}
