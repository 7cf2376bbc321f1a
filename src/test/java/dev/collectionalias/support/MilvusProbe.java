package dev.collectionalias.support;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;

/** Asks whether a Milvus takes changes, over a connection of its own: the SDK's client leaves one open that failed. */
final class MilvusProbe {

    /** Dropping what is not there is success everywhere, and goes the way of every change. */
    private static final DropAliasRequest NO_CHANGE = DropAliasRequest.newBuilder()
            .setAlias("no_alias_of_any_test_has_this_name").build();

    private MilvusProbe() {}

    static boolean takesChanges(int port) {
        return takesChanges(port, Optional.empty());
    }

    static boolean takesChanges(int port, Optional<ServerTls> tls) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress("127.0.0.1", port);
        tls.ifPresentOrElse(spoken -> builder.sslContext(contextFor(spoken)), builder::usePlaintext);
        ManagedChannel channel = builder.build();
        try {
            return MilvusServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(root()))
                    .withDeadlineAfter(2, TimeUnit.SECONDS).dropAlias(NO_CHANGE).getCode() == 0;
        } catch (StatusRuntimeException notYet) {
            return false;
        } finally {
            channel.shutdownNow();
        }
    }

    private static SslContext contextFor(ServerTls tls) {
        SslContextBuilder builder = GrpcSslContexts.forClient().trustManager(new Anybody());
        if (tls.probe() != null) {
            builder.keyManager(tls.probe().key(), tls.probe().certificate());
        }
        try {
            return builder.build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Whether a server is up does not depend on whether it should be trusted. */
    private static final class Anybody extends X509ExtendedTrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** Servers that do not ask who calls do not mind being told. */
    private static Metadata root() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                Base64.getEncoder().encodeToString("root:Milvus".getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
