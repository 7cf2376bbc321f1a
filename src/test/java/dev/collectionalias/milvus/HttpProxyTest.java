package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.milvus.net.HttpProxy;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.ConnectProxy;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.SecretLedger;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server whose name only a proxy knows: each look at it and each call goes through the proxy, or there is a sentence. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpProxyTest {

    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final String HOST = "milvus.invalid";

    private final String password = SecretLedger.password("the password of a proxy");
    private final InProcessMilvus plain = new InProcessMilvus();
    private final InProcessMilvus secured = new InProcessMilvus();
    private Authority authority;
    private ConnectProxy proxy = new ConnectProxy();

    @BeforeAll
    void start() {
        authority = new Authority("authority");
        plain.start();
        secured.with(ServerTls.oneWay(authority.issue("dns:" + HOST))).start();
    }

    @AfterEach
    void anotherProxy() {
        proxy.close();
        proxy = new ConnectProxy();
    }

    @AfterAll
    void stop() {
        proxy.close();
        plain.close();
        secured.close();
    }

    @Test
    void leadsToAServerThatSpeaksTls() {
        proxy.knows(HOST + ":443", secured);

        connects("https://" + HOST, Credentials.NONE);

        assertThat(proxy.asked()).isNotEmpty().containsOnly(HOST + ":443");
    }

    @Test
    void leadsToAServerThatSpeaksNone() {
        proxy.knows(HOST + ":19530", plain);

        connects("http://" + HOST, Credentials.NONE);

        assertThat(proxy.asked()).isNotEmpty().containsOnly(HOST + ":19530");
    }

    @Test
    void isToldAUser() {
        proxy.knows(HOST + ":443", secured).wants("app", password);

        connects("https://" + HOST, HttpProxy.user("app", password));
    }

    @Test
    void wantsAUser() {
        proxy.knows(HOST + ":443", secured).wants("app", password);

        fails(Credentials.NONE, Kind.PROXY, "it wants to be told a user (407); set spec.httpProxy.secretRef");
    }

    @Test
    void wantsAnotherUser() {
        proxy.knows(HOST + ":443", secured).wants("app", password);

        fails(HttpProxy.user("app", SecretLedger.password("a password that is wrong")), Kind.PROXY,
                "it does not accept the user of spec.httpProxy.secretRef (407)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            403 Forbidden           | PROXY       | it does not allow connections to milvus.invalid:443 (403); many allow port 443 only
            405 Method Not Allowed  | PROXY       | it does not take CONNECT (405)
            204 No Content          | PROXY       | it does not take CONNECT (204)
            503 Service Unavailable | UNAVAILABLE | it can't reach the server (503)
            """)
    void saysNo(String answer, Kind kind, String sentence) {
        proxy.answers("HTTP/1.1 " + answer);

        fails(Credentials.NONE, kind, sentence);
    }

    @Test
    void wantsToBeToldAUserInAWayThatNobodyKnows() {
        proxy.answers("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Negotiate\r\n"
                + "proxy-authenticate: NTLM realm=\"corp\"");

        fails(Credentials.NONE, Kind.PROXY, "it wants to be told a user by Negotiate or NTLM (407), and the operator "
                + "knows basic authentication only");
    }

    @Test
    void isNone() {
        proxy.answers("220 mail.example.com ESMTP");

        fails(Credentials.NONE, Kind.PROXY, "this is no HTTP proxy");
    }

    @Test
    void isNotThere() throws IOException {
        try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = closed.getLocalPort();
            closed.close();
            assertThat(failure(new HttpProxy(new Endpoint("127.0.0.1", port), Credentials.NONE)))
                    .isEqualTo(Kind.UNAVAILABLE + " milvus.invalid:443: the proxy 127.0.0.1:" + port
                            + ": nothing listens on this port; " + assumed());
        }
        assertThat(failure(new HttpProxy(new Endpoint("proxy.invalid", 3128), Credentials.NONE)))
                .isEqualTo(Kind.UNAVAILABLE
                        + " milvus.invalid:443: the proxy proxy.invalid:3128: the host can't be looked "
                        + "up; " + assumed());
    }

    /** What is behind the proxy is told apart from the proxy itself. */
    @Test
    void leadsToSomethingElse() {
        proxy.knows(HOST + ":443", plain);

        assertThat(failure(through(Credentials.NONE))).startsWith(
                Kind.TLS + " milvus.invalid:443: it does not speak TLS; use http:// if that is intended");
    }

    @Test
    void isGoneLater() {
        proxy.knows(HOST + ":443", secured);
        try (MilvusClient client = connect("https://" + HOST, through(Credentials.NONE))) {
            proxy.answers("HTTP/1.1 403 Forbidden");

            MilvusException failure = catchThrowableOfType(MilvusException.class, client::ping);

            assertThat(failure.kind()).isEqualTo(Kind.PROXY);
        }
    }

    private void connects(String uri, Credentials user) {
        try (MilvusClient client = connect(uri, through(user))) {
            client.ping();
            assertThat(client.gateway().describeAlias("default", "nothing")).isEmpty();
            assertThat(proxy.through()).as("the one that stays open").isEqualTo(1);
        }
    }

    private void fails(Credentials user, Kind kind, String sentence) {
        assertThat(failure(through(user)))
                .startsWith("%s milvus.invalid:443: the proxy 127.0.0.1:%d: %s".formatted(kind,
                        proxy.port(), sentence))
                .doesNotContain(password);
    }

    private String failure(HttpProxy way) {
        MilvusException failure = catchThrowableOfType(MilvusException.class,
                () -> connect("https://" + HOST, way).close());
        return failure.kind() + " " + failure.getMessage();
    }

    private static String assumed() {
        return "the uri names no port, so that 443 is assumed, as for any https address";
    }

    private HttpProxy through(Credentials user) {
        return new HttpProxy(new Endpoint("127.0.0.1", proxy.port()), user);
    }

    private MilvusClient connect(String uri, HttpProxy way) {
        return MilvusClient.connect(ConnectionSettings.of(uri, Credentials.NONE, DEADLINE, DEADLINE)
                .with(new Tls(List.of(authority.certificate()), Optional.empty(), Optional.empty())).through(way),
                RpcObserver.NONE);
    }
}
