package dev.collectionalias.support;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedTrustManager;

import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.grpc.Status;
import io.milvus.grpc.UpdateCredentialRequest;
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
        return takesChanges(port, Optional.empty(), "");
    }

    /** @param token of somebody who may do everything; servers that do not ask who calls do not mind being told */
    static boolean takesChanges(int port, Optional<ServerTls> tls, String token) {
        try {
            return call(port, tls, token, milvus -> milvus.dropAlias(NO_CHANGE)).getCode() == 0;
        } catch (StatusRuntimeException notYet) {
            return false;
        }
    }

    /** Sets the password of the user whose token this is. */
    static void setPassword(int port, Optional<ServerTls> tls, String token, String password) {
        String[] before = token.split(":", 2);
        UpdateCredentialRequest change = UpdateCredentialRequest.newBuilder().setUsername(before[0])
                .setOldPassword(base64(before[1])).setNewPassword(base64(password)).build();
        Status done = call(port, tls, token, milvus -> milvus.updateCredential(change));
        if (done.getCode() != 0) {
            throw new IllegalStateException("the password was not changed: " + done.getReason());
        }
    }

    private static Status call(int port, Optional<ServerTls> tls, String token,
            Function<MilvusServiceBlockingStub, Status> rpc) {
        NettyChannelBuilder builder = NettyChannelBuilder.forAddress("127.0.0.1", port);
        tls.ifPresentOrElse(spoken -> builder.sslContext(contextFor(spoken)), builder::usePlaintext);
        ManagedChannel channel = builder.build();
        try {
            return rpc.apply(MilvusServiceGrpc.newBlockingStub(channel)
                    .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(as(token)))
                    .withDeadlineAfter(2, TimeUnit.SECONDS));
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

    private static Metadata as(String token) {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), base64(token));
        return headers;
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
