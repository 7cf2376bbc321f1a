package dev.collectionalias.support;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;

import io.milvus.shaded.io.grpc.Attributes;
import io.milvus.shaded.io.grpc.Grpc;
import io.milvus.shaded.io.grpc.ServerTransportFilter;

/** The connections that clients hold open to a server, as the server sees them. */
final class OpenConnections extends ServerTransportFilter {

    private static final Attributes.Key<String> CLIENT = Attributes.Key.create("client");

    private final List<String> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger made = new AtomicInteger();

    /** By the names in the clients' certificates; of those who showed none: empty. */
    List<String> clients() {
        return List.copyOf(open);
    }

    int made() {
        return made.get();
    }

    @Override
    public Attributes transportReady(Attributes attributes) {
        String client = client(attributes.get(Grpc.TRANSPORT_ATTR_SSL_SESSION));
        open.add(client);
        made.incrementAndGet();
        return attributes.toBuilder().set(CLIENT, client).build();
    }

    @Override
    public void transportTerminated(Attributes attributes) {
        if (attributes != null && attributes.get(CLIENT) != null) {
            open.remove(attributes.get(CLIENT));
        }
    }

    private static String client(SSLSession session) {
        try {
            return session == null ? "" : session.getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "";
        }
    }
}
