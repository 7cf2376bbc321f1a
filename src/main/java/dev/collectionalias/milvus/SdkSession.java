package dev.collectionalias.milvus;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.milvus.common.interceptor.IdentifierInterceptor;
import io.milvus.grpc.ClientInfo;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientInterceptors;
import io.milvus.shaded.io.grpc.ConnectivityState;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.utils.ClientUtils;
import io.milvus.v2.utils.RpcUtils;

/**
 * The SDK's client on a {@link MilvusChannel}. This class owns the channel for two reasons. Each call has to name its database
 * in its metadata ({@link DatabaseHeader}), and the SDK does that for a whole connection only. The operator has to mend some
 * answers before the SDK reads them ({@link ReadableStatus}).
 */
final class SdkSession implements AutoCloseable {

    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(5);

    /** This thread looks the name up early. The SDK would look it up itself, without a deadline. */
    private static final CompletableFuture<String> OWN_HOST = CompletableFuture
            .supplyAsync(SdkSession::ownHost, Thread.ofPlatform().daemon().name("own-host")::start);

    /** The SDK sends this if it does not find the name. */
    private static final String UNKNOWN = "Unknown";

    private final ManagedChannel channel;
    private final Sdk sdk;

    private SdkSession(ManagedChannel channel, Sdk sdk) {
        this.channel = channel;
        this.sdk = sdk;
    }

    /**
     * Connects as the SDK does. The first call authenticates.
     *
     * @throws RuntimeException the SDK's, if no Milvus lets the operator in within the time for connecting
     */
    static SdkSession open(ConnectionSettings settings) {
        ManagedChannel channel = MilvusChannel.open(settings);
        try {
            Channel bridged = ClientInterceptors.intercept(channel, new DatabaseHeader(), new ReadableStatus());
            ConnectResponse greeting = MilvusServiceGrpc.newBlockingStub(bridged).withWaitForReady()
                    .withDeadlineAfter(settings.connectTimeout().toMillis(), TimeUnit.MILLISECONDS)
                    .connect(introduction());
            new RpcUtils().handleResponse("connect", greeting.getStatus());

            Channel identified = ClientInterceptors.intercept(bridged,
                    new IdentifierInterceptor(greeting.getIdentifier()));
            return new SdkSession(channel, new Sdk(MilvusServiceGrpc.newBlockingStub(identified).withWaitForReady()));
        } catch (RuntimeException e) {
            channel.shutdownNow();
            throw e;
        }
    }

    /**
     * Does not use the SDK. Its classes would set up logging while the main thread does so, and would complain about that on
     * stderr.
     */
    private static String ownHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return UNKNOWN;
        }
    }

    /** What a server writes into its access log about a client. */
    private static ConnectRequest introduction() {
        ClientUtils sdk = new ClientUtils();
        return ConnectRequest.newBuilder().setClientInfo(ClientInfo.newBuilder().setSdkType("Java")
                .setSdkVersion(sdk.getSDKVersion()).setHost(OWN_HOST.getNow(UNKNOWN))
                .setLocalTime(sdk.getLocalTimeStr()))
                .build();
    }

    Sdk sdk() {
        return sdk;
    }

    /** Whether the channel is connected to the server, as far as this side knows. */
    boolean isConnected() {
        return channel.getState(false) == ConnectivityState.READY;
    }

    @Override
    public void close() {
        channel.shutdownNow();
        try {
            channel.awaitTermination(UNTIL_CLOSED.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
