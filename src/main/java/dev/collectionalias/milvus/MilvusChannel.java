package dev.collectionalias.milvus;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import javax.net.ssl.SSLException;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.milvus.net.HostLookup;
import dev.collectionalias.milvus.net.HttpProxy;
import dev.collectionalias.milvus.tls.Tls;
import io.milvus.shaded.io.grpc.HttpConnectProxiedSocketAddress;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.ProxiedSocketAddress;
import io.milvus.shaded.io.grpc.ProxyDetector;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.GrpcSslContexts;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.channel.ChannelOption;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContext;
import io.milvus.shaded.io.grpc.netty.shaded.io.netty.handler.ssl.SslContextBuilder;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;

/**
 * The channel to one server. It uses exactly the address, the proxy and the certificates that the operator has checked. The
 * SDK's own channel dials another port for some addresses, sends a proxy no user, and takes certificates as files only.
 */
final class MilvusChannel {

    /** The SDK's keepalive is 10 s. Milvus Lite would answer that with a GOAWAY. */
    private static final long KEEPALIVE_MINUTES = 5;
    private static final long KEEPALIVE_ANSWER_SECONDS = 5;

    private static final Metadata.Key<String> AUTHORIZATION = Metadata.Key.of("authorization",
            Metadata.ASCII_STRING_MARSHALLER);

    private MilvusChannel() {}

    static ManagedChannel open(ConnectionSettings settings) {
        NettyChannelBuilder builder = NettyChannelBuilder
                .forAddress(settings.address().host(), settings.address().port()).proxyDetector(detector(settings))
                .maxInboundMessageSize(Integer.MAX_VALUE).keepAliveTime(KEEPALIVE_MINUTES, TimeUnit.MINUTES)
                .keepAliveTimeout(KEEPALIVE_ANSWER_SECONDS, TimeUnit.SECONDS)
                .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, millisPerAddress(settings))
                .intercept(MetadataUtils.newAttachHeadersInterceptor(authorization(settings.credentials())));
        if (settings.tls().isEmpty()) {
            return builder.usePlaintext().build();
        }
        Tls tls = settings.tls().get();
        tls.serverName().ifPresent(builder::overrideAuthority);
        return builder.sslContext(context(tls)).build();
    }

    /**
     * gRPC tries the addresses of a host one after the other. Without this limit, an address that drops packets would take half
     * a minute.
     */
    private static int millisPerAddress(ConnectionSettings settings) {
        return Math.max(1, Math.toIntExact(settings.connectTimeout().toMillis() / addresses(settings)));
    }

    private static int addresses(ConnectionSettings settings) {
        try {
            return settings.proxy().isPresent()
                    ? 1
                    : HostLookup.SHARED.of(settings.address().bareHost(), settings.connectTimeout())
                            .size();
        } catch (UnknownHostException | HostLookup.LateException e) {
            return 1; // gRPC will find the same
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    /** Ignores a proxy of the Java runtime, because nobody has checked it. */
    private static ProxyDetector detector(ConnectionSettings settings) {
        return server -> settings.proxy().isEmpty()
                ? null
                : through(settings.proxy().get(), server, settings.connectTimeout());
    }

    private static ProxiedSocketAddress through(HttpProxy proxy, SocketAddress server, Duration timeout)
            throws IOException {
        InetAddress found = first(proxy.address().bareHost(), timeout);
        HttpConnectProxiedSocketAddress.Builder way = HttpConnectProxiedSocketAddress.newBuilder()
                .setProxyAddress(new InetSocketAddress(found, proxy.address().port()))
                .setTargetAddress((InetSocketAddress) server);
        return proxy.hasUser()
                ? way.setUsername(proxy.username()).setPassword(proxy.password()).build()
                : way.build();
    }

    private static InetAddress first(String host, Duration timeout) throws IOException {
        try {
            return HostLookup.SHARED.of(host, timeout).getFirst();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException();
        }
    }

    private static SslContext context(Tls tls) {
        SslContextBuilder context = GrpcSslContexts.forClient();
        if (!tls.authorities().isEmpty()) {
            context.trustManager(tls.authorities());
        }
        tls.clientCertificate().ifPresent(client -> context.keyManager(client.key(), client.chain()));
        try {
            return context.build();
        } catch (SSLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server expects the token in base64, without a scheme. */
    private static Metadata authorization(Credentials credentials) {
        Metadata metadata = new Metadata();
        if (!credentials.equals(Credentials.NONE)) {
            metadata.put(AUTHORIZATION, Base64.getEncoder()
                    .encodeToString(credentials.token().getBytes(StandardCharsets.UTF_8)));
        }
        return metadata;
    }
}
