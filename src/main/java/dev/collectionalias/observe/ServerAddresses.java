package dev.collectionalias.observe;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec.ObjectRef;
import dev.collectionalias.milvus.AssumedPort;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;

/**
 * Knows which server a connection stands for. If the connection names a Milvus, the operator knows once it has found
 * that. If it has an https address without a port, the port depends on where it led before.
 */
public final class ServerAddresses {

    private final ConnectionDirectory connections;
    private final MilvusConnections clients;

    public ServerAddresses(ConnectionDirectory connections, MilvusConnections clients) {
        this.connections = connections;
        this.clients = clients;
    }

    /** Empty if there is no such connection, or it never reached its server. */
    public Optional<Endpoint> of(ConnectionName name) {
        return connections.find(name).flatMap(connection -> live(name, connection)
                .or(() -> connection.getSpec().uri() != null
                        ? AssumedPort.of(connection).endpoint()
                        : last(connection)));
    }

    private Optional<Endpoint> live(ConnectionName name, ServerConnection<?> connection) {
        return clients.state(name).orElse(null) instanceof Connected connected
                && isMeant(connected.client(), connection)
                        ? Optional.of(connected.client().endpoint())
                        : Optional.empty();
    }

    /** The status may still tell of the server that the spec named before. */
    private static Optional<Endpoint> last(ServerConnection<?> connection) {
        ObjectRef ref = connection.getSpec().milvusRef();
        String namespace = ref.namespace() == null ? connection.getMetadata().getNamespace() : ref.namespace();
        Optional<String> meant = Endpoint.find("http://" + hostOf(new ObjectName(namespace, ref.name())))
                .map(Endpoint::host);
        return Optional.ofNullable(connection.getStatus()).map(MilvusConnectionStatus::endpoint)
                .flatMap(endpoint -> Endpoint.find("http://" + endpoint))
                .filter(endpoint -> meant.equals(Optional.of(endpoint.host())));
    }

    /** The host under which the operator looks up the Service of a Milvus of milvus-operator. */
    public static String hostOf(ObjectName milvus) {
        return serviceOf(milvus.name()) + "." + milvus.namespace();
    }

    /** The name that milvus-operator gives to the Service of a Milvus (GetServiceInstanceName). */
    public static String serviceOf(String milvus) {
        return milvus + "-milvus";
    }

    /** Whether a client is for the server of the spec, which somebody may have changed a moment ago. */
    public static boolean isMeant(MilvusClient client, ServerConnection<?> connection) {
        return client.settings().server().equals(connection.getSpec().server());
    }
}
