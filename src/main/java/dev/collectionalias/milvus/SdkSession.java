package dev.collectionalias.milvus;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.milvus.common.interceptor.IdentifierInterceptor;
import io.milvus.grpc.ClientInfo;
import io.milvus.grpc.ConnectRequest;
import io.milvus.grpc.ConnectResponse;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientInterceptors;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.utils.ClientUtils;
import io.milvus.v2.utils.RpcUtils;

/**
 * The SDK's client on a channel that the SDK made and this class owns, since each call has to name its database in its
 * metadata ({@link DatabaseHeader}), which the SDK does for a whole connection only, and some answers have to be mended before the
 * SDK reads them ({@link ReadableStatus}).
 */
final class SdkSession implements AutoCloseable {

    private static final Duration UNTIL_CLOSED = Duration.ofSeconds(5);

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
    static SdkSession open(ConnectConfig config) {
        ManagedChannel channel = new ClientUtils().getChannel(config);
        try {
            Channel bridged = ClientInterceptors.intercept(channel, new DatabaseHeader(), new ReadableStatus());
            ConnectResponse greeting = MilvusServiceGrpc.newBlockingStub(bridged).withWaitForReady()
                    .withDeadlineAfter(config.getConnectTimeoutMs(), TimeUnit.MILLISECONDS).connect(introduction());
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
                .setSdkVersion(sdk.getSDKVersion()).setHost(sdk.getHostName()).setLocalTime(sdk.getLocalTimeStr()))
                .build();
    }

    Sdk sdk() {
        return sdk;
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
