package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import com.sun.net.httpserver.HttpServer;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.tls.ClientCertificate;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.support.Authority;
import dev.collectionalias.support.Authority.Identity;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.NameServer;
import dev.collectionalias.support.ServerTls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name with several addresses leads to the first of them that a Milvus answers at, as with gRPC. */
@Timeout(60)
class SeveralAddressesTest {

    private static final String HERE = "127.0.0.1";
    private static final String NEXT = "127.0.0.2";
    private static final Duration TIMEOUT = Duration.ofSeconds(6);

    private final NameServer names = new NameServer();
    private final InProcessMilvus milvus = new InProcessMilvus();

    @AfterEach
    void stop() {
        milvus.close();
        names.close();
    }

    @Test
    void theNextIsTriedWhereNothingListensAtTheFirst() {
        milvus.start();

        assertConnects("http://" + names.host("milvus", NEXT, HERE));
    }

    @Test
    void theNextIsTriedInTimeWhereTheFirstDropsPackets() throws IOException {
        milvus.start();
        List<Socket> waiting = new ArrayList<>();
        try (ServerSocket full = new ServerSocket(port(), 1, InetAddress.getByName(NEXT))) {
            fill(full, waiting);

            assertConnects("http://" + names.host("milvus", NEXT, HERE));
        } finally {
            for (Socket socket : waiting) {
                socket.close();
            }
        }
    }

    @Test
    void theNextIsTriedWhereSomethingElseAnswersAtTheFirst() throws IOException {
        milvus.start();
        HttpServer web = HttpServer.create(new InetSocketAddress(NEXT, port()), 0);
        web.start();
        try {
            assertConnects("http://" + names.host("milvus", NEXT, HERE));
        } finally {
            web.stop(0);
        }
    }

    @Test
    void whatAnswersIsNamedInWhateverOrderTheAddressesCome() throws IOException {
        HttpServer web = HttpServer.create(new InetSocketAddress(NEXT, port()), 0);
        web.start();
        try {
            for (String host : List.of(names.host("one", NEXT, HERE), names.host("other", HERE, NEXT))) {
                assertFails(host, Kind.NOT_A_MILVUS, "this is no gRPC port; Milvus' is 19530 unless it was changed");
            }
        } finally {
            web.stop(0);
        }
    }

    @Test
    void oneSentenceIsEnoughWhereNobodyAnswers() {
        String host = names.host("milvus", NEXT, HERE);

        assertFails(host, Kind.UNAVAILABLE, "nothing listens on this port; all 2 addresses of " + host + " were tried");
    }

    @Test
    void aFinalDotKeepsNobodyOut() {
        milvus.start();

        assertConnects("http://" + names.host("milvus", HERE) + ".");
    }

    @Test
    void aFinalDotIsNoPartOfTheNameInACertificate() {
        Authority authority = new Authority("authority");
        Identity client = authority.issue("dns:client");
        String host = names.host("milvus", HERE);
        milvus.with(ServerTls.oneWay(authority.issue("dns:" + host)));
        milvus.start();

        for (Optional<ClientCertificate> shown : List.of(Optional.<ClientCertificate>empty(), Optional
                .of(ClientCertificate.of(client.certificatePem(), client.keyPem())))) {
            connect("https://" + host + ".",
                    Optional.of(new Tls(List.of(authority.certificate()), shown, Optional.empty()))).close();
        }
    }

    private void assertConnects(String address) {
        try (MilvusClient client = connect(address, Optional.empty())) {
            assertThat(client.gateway().describeAlias("default", "nothing")).isEmpty();
        }
    }

    private void assertFails(String host, Kind kind, String sentence) {
        MilvusException failure = catchThrowableOfType(MilvusException.class,
                () -> connect("http://" + host, Optional.empty()).close());

        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure).hasMessage(host + ":" + port() + ": " + sentence);
    }

    private MilvusClient connect(String address, Optional<Tls> tls) {
        ConnectionSettings settings = ConnectionSettings.of(address + ":" + port(), Credentials.NONE, TIMEOUT,
                TIMEOUT);
        return MilvusClient.connect(tls.map(settings::with).orElse(settings), RpcObserver.NONE);
    }

    private int port() {
        return URI.create(milvus.uri()).getPort();
    }

    /** Until the queue of those who want in is full, from where on the system drops what comes. */
    private static void fill(ServerSocket full, List<Socket> waiting) throws IOException {
        while (true) {
            Socket socket = new Socket();
            waiting.add(socket);
            try {
                socket.connect(full.getLocalSocketAddress(), 500);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }
}
