package dev.collectionalias.milvus;

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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import dev.collectionalias.milvus.MilvusException.Kind;

/**
 * Finds out in milliseconds why an address can't be a Milvus. The SDK waits for its whole connect timeout and then says
 * DEADLINE_EXCEEDED whatever the cause: an unknown host, a closed port, a web server, TLS on one side only.
 */
final class Reachability {

    /** What every HTTP/2 client says first (RFC 9113, 3.4), followed by an empty SETTINGS frame. */
    private static final byte[] HTTP2_PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int FRAME_HEADER = 9;
    private static final int FRAME_TYPE = 3;
    private static final int SETTINGS = 4;
    private static final int TLS_ALERT = 0x15;

    private Reachability() {}

    /** @throws MilvusException of kind UNAVAILABLE, TLS or NOT_A_MILVUS, with a sentence that says what was found */
    static void check(Endpoint endpoint, Optional<Tls> tls, Duration timeout) {
        visit(endpoint, timeout, socket -> {
            if (tls.isPresent()) {
                checkTls(endpoint, socket, tls.get());
            } else {
                checkPlain(endpoint, socket);
            }
        });
    }

    /** @throws MilvusException of kind UNAVAILABLE if nothing listens there */
    static void checkPort(Endpoint endpoint, Duration timeout) {
        visit(endpoint, timeout, socket -> {});
    }

    @FunctionalInterface
    private interface Visit {
        void to(Socket socket) throws IOException;
    }

    /** A peer that says a little now and then would outlast each of the socket's own timeouts. */
    private static void visit(Endpoint endpoint, Duration timeout, Visit visit) {
        int millis = Math.toIntExact(timeout.toMillis());
        AtomicBoolean late = new AtomicBoolean();
        Future<?> end = CompletableFuture.completedFuture(null);
        try (Socket socket = new Socket()) {
            end = MilvusClient.DEADLINES.schedule(() -> end(socket, late), millis, TimeUnit.MILLISECONDS);
            InetAddress address = InetAddress.getByName(bare(endpoint.host()));
            socket.connect(new InetSocketAddress(address, endpoint.port()), millis);
            socket.setSoTimeout(millis);
            visit.to(socket);
        } catch (UnknownHostException e) {
            throw unavailable(endpoint, "the host can't be looked up", e);
        } catch (SocketTimeoutException e) {
            throw unavailable(endpoint, "no answer within " + millis + " ms", e);
        } catch (ConnectException e) {
            throw unavailable(endpoint, "nothing listens on this port", e);
        } catch (NoRouteToHostException e) {
            throw unavailable(endpoint, "there is no route to this host", e);
        } catch (IOException e) {
            throw unavailable(endpoint, late.get()
                    ? "no answer within " + millis + " ms"
                    : "the connection was closed before a Milvus answered", e);
        } finally {
            end.cancel(false);
        }
    }

    private static void end(Socket socket, AtomicBoolean late) {
        late.set(true);
        try {
            socket.close();
        } catch (IOException e) {
            // It is closed all the same.
        }
    }

    private static void checkTls(Endpoint endpoint, Socket plain, Tls tls) throws IOException {
        TlsHandshake handshake = new TlsHandshake(endpoint, bare(endpoint.host()), tls);
        handshake.run(plain, socket -> requireHttp2(endpoint, greet(socket)));
    }

    private static void checkPlain(Endpoint endpoint, Socket socket) throws IOException {
        byte[] answer = {};
        SocketException reset = null;
        try {
            answer = greet(socket);
        } catch (SocketException e) {
            reset = e;
        }
        // Who expects TLS says so in an alert, or just closes, perhaps with the greeting unread.
        if (answer.length > 0 && answer[0] == TLS_ALERT
                || answer.length == 0 && speaksTls(endpoint, socket.getSoTimeout())) {
            throw MilvusException.oneSidedTls(endpoint + ": the server speaks TLS", "use https://", null);
        }
        if (reset != null) {
            throw reset;
        }
        if (answer.length == 0) {
            throw MilvusException.oneSidedTls(endpoint
                    + ": the server closed the connection, as one does that expects TLS", "use https:// if it does",
                    null);
        }
        requireHttp2(endpoint, answer);
    }

    private static boolean speaksTls(Endpoint endpoint, int millis) {
        TlsHandshake handshake = new TlsHandshake(endpoint, bare(endpoint.host()), Tls.OF_THE_RUNTIME);
        try {
            visit(endpoint, Duration.ofMillis(millis), socket -> handshake.run(socket, secured -> {}));
        } catch (MilvusException e) {
            // Whatever came of it, it got far enough or not.
        }
        return handshake.wasShownACertificate();
    }

    private static void requireHttp2(Endpoint endpoint, byte[] answer) throws IOException {
        if (answer.length == 0) {
            throw new EOFException("closed");
        }
        if (answer.length < FRAME_HEADER || answer[FRAME_TYPE] != SETTINGS) {
            throw new MilvusException(Kind.NOT_A_MILVUS,
                    endpoint + ": this is no gRPC port; Milvus' is " + Endpoint.DEFAULT_PORT + " unless it was changed",
                    null);
        }
    }

    /** Says what a client of HTTP/2 says first, and returns the beginning of the answer. */
    private static byte[] greet(Socket socket) throws IOException {
        socket.getOutputStream().write(HTTP2_PREFACE);
        socket.getOutputStream().write(EMPTY_SETTINGS);
        socket.getOutputStream().flush();
        return socket.getInputStream().readNBytes(FRAME_HEADER);
    }

    private static MilvusException unavailable(Endpoint endpoint, String why, IOException cause) {
        return new MilvusException(Kind.UNAVAILABLE, endpoint + ": " + why, cause);
    }

    /** An IPv6 address is written in brackets in an address, and without them to be looked up. */
    private static String bare(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }
}
