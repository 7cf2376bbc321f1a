package dev.collectionalias.support;

import io.milvus.shaded.io.grpc.Context;
import io.milvus.shaded.io.grpc.Contexts;
import io.milvus.shaded.io.grpc.Metadata;
import io.milvus.shaded.io.grpc.ServerCall;
import io.milvus.shaded.io.grpc.ServerCallHandler;
import io.milvus.shaded.io.grpc.ServerInterceptor;

/**
 * The database that a client names beside each of its requests, since it was told one when it connected: privileges are
 * looked for in this one, and requests that name none are about it.
 */
final class CallDatabase implements ServerInterceptor {

    private static final Metadata.Key<String> HEADER = Metadata.Key.of("dbname", Metadata.ASCII_STRING_MARSHALLER);
    private static final Context.Key<String> DATABASE = Context.keyWithDefault("database", "");

    /** The one of the call that is being answered. */
    static String named() {
        return header().isEmpty() ? MilvusState.DEFAULT_DATABASE : header();
    }

    /** The same as it came; empty where none was named. */
    static String header() {
        return DATABASE.get();
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(ServerCall<Q, A> call, Metadata headers,
            ServerCallHandler<Q, A> next) {
        String named = headers.get(HEADER);
        return named == null || named.isEmpty()
                ? next.startCall(call, headers)
                : Contexts.interceptCall(Context.current().withValue(DATABASE, named), call, headers, next);
    }
}
