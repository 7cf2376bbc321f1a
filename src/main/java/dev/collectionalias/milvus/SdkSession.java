package dev.collectionalias.milvus;

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
 * The SDK's client on a {@link MilvusChannel}, which this class owns, since each call has to name its database in its
 * metadata ({@link DatabaseHeader}), which the SDK does for a whole connection only, and some answers have to be mended before the
 * SDK reads them ({@link ReadableStatus}).
 */
final class SdkSession implements AutoCloseable {

    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(5);

    /** The SDK looks it up, without a deadline. */
    private static final CompletableFuture<String> OWN_HOST = CompletableFuture
            .supplyAsync(() -> new ClientUtils().getHostName(), Thread.ofPlatform().daemon().name("own-host")::start);

    private final ManagedChannel channel;
    private final Sdk sdk;

    private SdkSession(ManagedChannel channel, Sdk sdk) {
        this.channel = channel;
        this.sdk = sdk;
    }

    /**
     * Connects as the SDK does, and authenticates by that.
     *
     * @throws RuntimeException the SDK's, if there is no Milvus that lets us in within the time for connecting
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

    /** What a server's access log tells of its clients. */
    private static ConnectRequest introduction() {
        ClientUtils sdk = new ClientUtils();
        return ConnectRequest.newBuilder().setClientInfo(ClientInfo.newBuilder().setSdkType("Java")
                .setSdkVersion(sdk.getSDKVersion()).setHost(OWN_HOST.getNow("Unknown"))
                .setLocalTime(sdk.getLocalTimeStr()))
                .build();
    }

    Sdk sdk() {
        return sdk;
    }

    /** Whether there is a connection to the server, as far as this side has heard. */
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
