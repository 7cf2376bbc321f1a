package dev.collectionalias.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.milvus.shaded.io.grpc.Server;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyServerBuilder;

/** What people point a uri at by mistake: something listens there, but it is no Milvus. */
public final class NotAMilvus implements AutoCloseable {

    private final int port;
    private final Runnable stop;

    private NotAMilvus(int port, Runnable stop) {
        this.port = port;
        this.stop = stop;
    }

    /** Accepts connections and says nothing. */
    public static NotAMilvus silent() {
        try {
            ServerSocket socket = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
            return new NotAMilvus(socket.getLocalPort(), () -> closeQuietly(socket));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A web server that speaks HTTP/1.1 only. */
    public static NotAMilvus webServer() {
        try {
            return started(HttpServer.create(anyPort(), 0));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Speaks TLS, with a certificate that nobody trusts. */
    public static NotAMilvus tlsServer() {
        try {
            HttpsServer server = HttpsServer.create(anyPort(), 0);
            server.setHttpsConfigurator(new HttpsConfigurator(SelfSigned.certificateFor("ip:127.0.0.1")));
            return started(server);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Speaks gRPC, but has no service of Milvus'. */
    public static NotAMilvus grpcServer() {
        try {
            Server server = NettyServerBuilder.forAddress(anyPort()).build().start();
            return new NotAMilvus(server.getPort(), server::shutdownNow);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The address without a scheme. */
    public String address() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        stop.run();
    }

    private static NotAMilvus started(HttpServer server) {
        server.start();
        return new NotAMilvus(server.getAddress().getPort(), () -> server.stop(0));
    }

    private static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    private static void closeQuietly(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
