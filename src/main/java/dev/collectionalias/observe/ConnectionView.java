package dev.collectionalias.observe;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.Endpoint;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.ConnectionId;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;

/** Finds the client that an object's connection stands for, or says why there is none. */
public final class ConnectionView {

    /** Either a client, or what is seen without one. */
    public sealed interface Connection {
        record Usable(MilvusClient client) implements Connection {}

        record Unusable(Sight sight) implements Connection {}
    }

    private final ConnectionDirectory connections;
    private final MilvusConnections clients;

    public ConnectionView(ConnectionDirectory connections, MilvusConnections clients) {
        this.connections = connections;
        this.clients = clients;
    }

    public Connection of(Subject subject) {
        Optional<MilvusConnection> connection = connections.find(nameOf(subject));
        Optional<MilvusConnections.State> state = clients.state(idOf(subject));
        if (connection.isEmpty()) {
            // A deletion may still use the client that the connection left behind.
            return subject.isDeleting() && state.orElse(null) instanceof Connected live
                    ? new Connection.Usable(live.client())
                    : new Connection.Unusable(new Sight.NoConnection(notFound(subject),
                            Optional.of(clients.goneSince(idOf(subject)))));
        }
        return switch (state.orElse(null)) {
            case null -> new Connection.Unusable(new Sight.Connecting());
            case Failed failed -> new Connection.Unusable(
                    new Sight.NoConnection(new Problem(failed.reason(), failed.message()), failed.gone()
                            ? Optional.of(clients.goneSince(idOf(subject)))
                            : Optional.empty()));
            case Connected live -> isStillMeant(live.client(), connection.get())
                    ? new Connection.Usable(live.client())
                    : new Connection.Unusable(new Sight.Connecting());
        };
    }

    /** The connection's address may have changed a moment ago, and its client not yet. */
    private static boolean isStillMeant(MilvusClient client, MilvusConnection connection) {
        return Endpoint.find(connection.getSpec().uri()).filter(client.endpoint()::equals).isPresent();
    }

    public static ConnectionId idOf(Subject subject) {
        return new ConnectionId(subject.spec().connectionRef().kind().name(), subject.name().namespace(),
                subject.spec().connectionRef().name());
    }

    public static ObjectName nameOf(Subject subject) {
        return new ObjectName(subject.name().namespace(), subject.spec().connectionRef().name());
    }

    private static Problem notFound(Subject subject) {
        return new Problem(Reason.ConnectionNotFound, format("there is no %s %s in namespace %s",
                subject.spec().connectionRef().kind(), subject.spec().connectionRef().name(),
                subject.name().namespace()));
    }
}
