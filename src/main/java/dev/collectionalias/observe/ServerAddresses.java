package dev.collectionalias.observe;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.milvus.Endpoint;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.plan.ConnectionName;

/** Knows which server a connection stands for, which for one that names a Milvus shows only when it was found. */
public final class ServerAddresses {

    private final ConnectionDirectory connections;
    private final MilvusConnections clients;

    public ServerAddresses(ConnectionDirectory connections, MilvusConnections clients) {
        this.connections = connections;
        this.clients = clients;
    }

    /** Empty if there is no such connection, or it never reached its server. */
    public Optional<Endpoint> of(ConnectionName name) {
        return connections.find(name).flatMap(connection -> connection.getSpec().uri() != null
                ? Endpoint.find(connection.getSpec().uri())
                : live(name, connection).or(() -> last(connection)));
    }

    private Optional<Endpoint> live(ConnectionName name, ServerConnection<?> connection) {
        return clients.state(name).orElse(null) instanceof Connected connected
                && isMeant(connected.client(), connection)
                        ? Optional.of(connected.client().endpoint())
                        : Optional.empty();
    }

    private static Optional<Endpoint> last(ServerConnection<?> connection) {
        return Optional.ofNullable(connection.getStatus()).map(MilvusConnectionStatus::endpoint)
                .flatMap(endpoint -> Endpoint.find("http://" + endpoint));
    }

    /** Whether a client is for the server of the spec, which may have changed a moment ago. */
    static boolean isMeant(MilvusClient client, ServerConnection<?> connection) {
        return client.settings().server().equals(connection.getSpec().server());
    }
}
