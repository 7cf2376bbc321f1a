package dev.collectionalias.support;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;

/** Asks whether a Milvus takes changes, over a connection of its own: the SDK's client leaves one open that failed. */
final class MilvusProbe {

    /** Dropping what is not there is success everywhere, and goes the way of every change. */
    private static final DropAliasRequest NO_CHANGE = DropAliasRequest.newBuilder()
            .setAlias("no_alias_of_any_test_has_this_name").build();

    private MilvusProbe() {}

    static boolean takesChanges(int port) {
        ManagedChannel channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
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

    /** Servers that do not ask who calls do not mind being told. */
    private static Metadata root() {
        Metadata headers = new Metadata();
        headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER),
                Base64.getEncoder().encodeToString("root:Milvus".getBytes(StandardCharsets.UTF_8)));
        return headers;
    }
}
