package dev.collectionalias.milvus.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.collectionalias.milvus.net.UnreachableException.Kind;
import dev.collectionalias.milvus.tls.HandshakeException;
import dev.collectionalias.milvus.tls.Tls;
import dev.collectionalias.milvus.tls.TlsHandshake;

/**
 * Finds out in milliseconds why an address can't be a Milvus. The SDK waits for its whole connect timeout and then reports
 * DEADLINE_EXCEEDED, whatever the cause. An unknown host, a closed port, a web server, and TLS on one side only look alike
 * there.
 */
public final class Reachability {

    /** The first bytes of every HTTP/2 client (RFC 9113, 3.4), followed by an empty SETTINGS frame. */
    private static final byte[] HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int FRAME_HEADER = 9;
    private static final int FRAME_TYPE = 3;
    private static final int SETTINGS = 4;
    private static final int TLS_ALERT = 0x15;

    private Reachability() {}

    /** @throws UnreachableException of kind UNAVAILABLE, PROXY, TLS or NOT_A_MILVUS, with a sentence about the finding */
    public static void check(Endpoint endpoint, Optional<Tls> tls, Optional<HttpProxy> proxy, Duration timeout) {
        Way way = new Way(endpoint, proxy);
        visit(way, timeout, socket -> {
            if (tls.isPresent()) {
                checkTls(endpoint, socket, tls.get());
            } else {
                checkPlain(way, socket);
            }
        });
    }

    /** @throws UnreachableException of kind UNAVAILABLE if nothing listens there, or PROXY if the proxy refuses */
    public static void checkPort(Endpoint endpoint, Optional<HttpProxy> proxy, Duration timeout) {
        visit(new Way(endpoint, proxy), timeout, socket -> {});
    }

    @FunctionalInterface
    private interface Visit {
        void to(Socket socket) throws IOException;
    }

    /** The way to a server: directly, or through a proxy. */
    private record Way(Endpoint server, Optional<HttpProxy> proxy) {

        Endpoint first() {
            return proxy.map(HttpProxy::address).orElse(server);
        }

        UnreachableException unavailable(String why, Exception cause) {
            String party = proxy.map(way -> server + ": the proxy " + way.address()).orElse(server.toString());
            return new UnreachableException(Kind.UNAVAILABLE, party + ": " + why, cause);
        }
    }

    /** Tries the addresses of the host one after the other, as gRPC does, all within one timeout. */
    private static void visit(Way way, Duration timeout, Visit visit) {
        long end = System.nanoTime() + timeout.toNanos();
        List<InetAddress> addresses = addresses(way, timeout);
        List<UnreachableException> failures = new ArrayList<>();
        while (failures.size() < addresses.size()) {
            // An address that drops packets must not use up the time of the others.
            long share = (end - System.nanoTime()) / (addresses.size() - failures.size());
            try {
                visit(way, addresses.get(failures.size()), Duration.ofNanos(share), timeout, visit);
                return;
            } catch (UnreachableException e) {
                failures.add(e);
            }
        }
        throw mostTelling(way, failures);
    }

    private static List<InetAddress> addresses(Way way, Duration timeout) {
        try {
            List<InetAddress> addresses = HostLookup.SHARED.of(way.first().bareHost(), timeout);
            // gRPC tries only one address of a proxy.
            return way.proxy().isPresent() ? addresses.subList(0, 1) : addresses;
        } catch (UnknownHostException e) {
            throw way.unavailable("the host can't be looked up", e);
        } catch (HostLookup.LateException e) {
            throw way.unavailable(e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw way.unavailable("interrupted", e);
        }
    }

    /**
     * Prefers the failure of a peer that answered. The choice does not depend on the order in which a name server gives the
     * addresses.
     */
    private static UnreachableException mostTelling(Way way, List<UnreachableException> failures) {
        UnreachableException failure = Collections.min(failures,
                Comparator.<UnreachableException, Boolean>comparing(it -> it.kind() == Kind.UNAVAILABLE)
                        .thenComparing(UnreachableException::getMessage));
        return failures.size() == 1 || failure.kind() != Kind.UNAVAILABLE
                ? failure
                : new UnreachableException(Kind.UNAVAILABLE, "%s; all %d addresses of %s were tried"
                        .formatted(failure.getMessage(), failures.size(), way.first().host()), failure);
    }

    /**
     * Ends the visit after its share of time. A peer that sends a byte now and then would outlast each of the socket's own
     * timeouts.
     *
     * @param share how long this address may take
     * @param told  the timeout that the message names, as users have set it
     */
    private static void visit(Way way, InetAddress address, Duration share, Duration told, Visit visit) {
        int millis = Math.max(1, Math.toIntExact(share.toMillis()));
        String noAnswer = "no answer within " + told.toMillis() + " ms";
        Way party = way;
        AtomicBoolean late = new AtomicBoolean();
        Future<?> end = CompletableFuture.completedFuture(null);
        try (Socket socket = new Socket()) {
            end = Deadlines.SHARED.schedule(() -> end(socket, late), millis, TimeUnit.MILLISECONDS);
            socket.connect(new InetSocketAddress(address, way.first().port()), millis);
            socket.setSoTimeout(millis);
            if (way.proxy().isPresent()) {
                ProxyTunnel.open(socket, way.proxy().get(), way.server());
                party = new Way(way.server(), Optional.empty());
            }
            visit.to(socket);
        } catch (SocketTimeoutException e) {
            throw party.unavailable(noAnswer, e);
        } catch (ConnectException e) {
            throw party.unavailable("nothing listens on this port", e);
        } catch (NoRouteToHostException e) {
            throw party.unavailable("there is no route to this host", e);
        } catch (IOException e) {
            throw party.unavailable(late.get() ? noAnswer : "the connection was closed before a Milvus answered", e);
        } finally {
            end.cancel(false);
        }
    }

    private static void end(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException e) {
            // The socket is closed all the same.
        }
    }

    private static void checkTls(Endpoint endpoint, Socket plain, Tls tls) throws IOException {
        TlsHandshake handshake = new TlsHandshake(endpoint.bareHost(), endpoint.port(), tls);
        try {
            handshake.run(plain, socket -> requireHttp2(endpoint, greet(socket)));
        } catch (HandshakeException e) {
            throw UnreachableException.at(endpoint, e);
        }
    }

    private static void checkPlain(Way way, Socket socket) throws IOException {
        Endpoint endpoint = way.server();
        byte[] answer = {};
        SocketException reset = null;
        try {
            answer = greet(socket);
        } catch (SocketException e) {
            reset = e;
        }
        // A server that expects TLS sends an alert or just closes the connection, perhaps without reading the greeting.
        if (answer.length > 0 && answer[0] == TLS_ALERT
                || answer.length == 0 && speaksTls(way, socket)) {
            throw UnreachableException.oneSidedTls(endpoint + ": the server speaks TLS", "use https://");
        }
        if (reset != null) {
            throw reset;
        }
        if (answer.length == 0) {
            throw UnreachableException.oneSidedTls(endpoint
                    + ": the server closed the connection, as one does that expects TLS", "use https:// if it does");
        }
        requireHttp2(endpoint, answer);
    }

    private static boolean speaksTls(Way way, Socket before) throws IOException {
        TlsHandshake handshake = new TlsHandshake(way.server().bareHost(), way.server().port(), Tls.OF_THE_RUNTIME);
        Duration timeout = Duration.ofMillis(before.getSoTimeout());
        try {
            visit(way, before.getInetAddress(), timeout, timeout, socket -> handshake.run(socket, secured -> {}));
        } catch (HandshakeException | UnreachableException e) {
            // Only the certificate counts, however the handshake ended.
        }
        return handshake.wasShownACertificate();
    }

    private static void requireHttp2(Endpoint endpoint, byte[] answer) throws IOException {
        if (answer.length == 0) {
            throw new EOFException("closed");
        }
        if (answer.length < FRAME_HEADER || answer[FRAME_TYPE] != SETTINGS) {
            throw new UnreachableException(Kind.NOT_A_MILVUS,
                    endpoint + ": this is no gRPC port; Milvus' is " + Endpoint.DEFAULT_PORT + " unless it was changed",
                    null);
        }
    }

    /** Sends the greeting of an HTTP/2 client, and returns the beginning of the answer. */
    private static byte[] greet(Socket socket) throws IOException {
        socket.getOutputStream().write(HTTP2_PREFACE);
        socket.getOutputStream().write(EMPTY_SETTINGS);
        socket.getOutputStream().flush();
        return socket.getInputStream().readNBytes(FRAME_HEADER);
    }
}
