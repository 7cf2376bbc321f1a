package dev.collectionalias.support;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import io.milvus.grpc.MilvusServiceGrpc;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.ManagedChannel;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.netty.shaded.io.grpc.netty.NettyChannelBuilder;
import io.milvus.shaded.io.grpc.stub.MetadataUtils;

/** Milvus' calls as they are, without what the SDK makes of requests and answers, and without its retries. */
public final class RawMilvus implements AutoCloseable {

    private final ManagedChannel channel;

    public RawMilvus(MilvusServer milvus) {
        channel = NettyChannelBuilder.forAddress("127.0.0.1", URI.create(milvus.uri()).getPort()).usePlaintext()
                .build();
    }

    public MilvusServiceBlockingStub calls() {
        return MilvusServiceGrpc.newBlockingStub(channel).withDeadlineAfter(20, TimeUnit.SECONDS);
    }

    /** Calls that name a database beside the request, as a client does that was told one when it connected. */
    public MilvusServiceBlockingStub callsIn(String database) {
        return with("dbname", database);
    }

    /** @param token a user's name and password */
    public MilvusServiceBlockingStub callsBy(String token) {
        return with("authorization", encoded(token));
    }

    public MilvusServiceBlockingStub callsBy(String token, String database) {
        return with("authorization", encoded(token), "dbname", database);
    }

    private static String encoded(String token) {
        return Base64.getEncoder().encodeToString(token.getBytes(StandardCharsets.UTF_8));
    }

    private MilvusServiceBlockingStub with(String... headers) {
        Metadata metadata = new Metadata();
        for (int i = 0; i < headers.length; i += 2) {
            metadata.put(Metadata.Key.of(headers[i], Metadata.ASCII_STRING_MARSHALLER), headers[i + 1]);
        }
        return calls().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(metadata));
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
