package dev.collectionalias.milvus;

import io.milvus.shaded.io.grpc.CallOptions;
import io.milvus.shaded.io.grpc.Channel;
import io.milvus.shaded.io.grpc.ClientCall;
import io.milvus.shaded.io.grpc.ClientInterceptor;
import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.ForwardingClientCall.SimpleForwardingClientCall;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.MethodDescriptor;

/**
 * Names the database of each call in the call's metadata. A server checks a user's privileges in that database, not in the one
 * that the request names (milvus#50678). The SDK sets it only once for a whole connection.
 */
final class DatabaseHeader implements ClientInterceptor {

    /** The database of the calls that run in a context; empty for the default one. */
    static final Context.Key<String> DATABASE = Context.keyWithDefault("database", "");

    private static final Metadata.Key<String> HEADER = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);

    @Override
    public <Q, A> ClientCall<Q, A> interceptCall(MethodDescriptor<Q, A> method, CallOptions options, Channel next) {
        String database = DATABASE.get();
        return new SimpleForwardingClientCall<>(next.newCall(method, options)) {
            @Override
            public void start(Listener<A> listener, Metadata headers) {
                if (!database.isEmpty()) {
                    headers.put(HEADER, database);
                }
                super.start(listener, headers);
            }
        };
    }
}
