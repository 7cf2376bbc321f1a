package dev.collectionalias.observe;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.ConnectionRef;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.plan.Allowance;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Sight;

/** Finds the client that an object's connection stands for, or says why there is none. */
public final class ConnectionView {

    /** Either a client, or the sight of an object that has none. */
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
        ConnectionName name = ConnectionName.of(subject);
        Optional<ServerConnection<?>> connection = connections.find(name);
        Optional<MilvusConnections.State> state = clients.state(name);
        if (connection.isEmpty()) {
            // A deletion may still use the client that the connection left behind.
            return subject.isDeleting() && state.orElse(null) instanceof Connected live
                    ? new Connection.Usable(live.client())
                    : new Connection.Unusable(new Sight.NoConnection(notFound(subject),
                            Optional.of(clients.goneSince(name))));
        }
        Optional<Problem> refusal = refusal(subject, connection.get());
        if (refusal.isPresent()) {
            return new Connection.Unusable(new Sight.NotAllowed(refusal.get(), Optional.empty()));
        }
        return switch (state.orElse(null)) {
            case null -> new Connection.Unusable(new Sight.Connecting());
            case Failed failed -> new Connection.Unusable(
                    new Sight.NoConnection(new Problem(failed.reason(), failed.message()), failed.loss() == Loss.NONE
                            ? Optional.empty()
                            : Optional.of(clients.goneSince(name)), failed.loss() == Loss.FOR_GOOD));
            case Connected live -> ServerAddresses.isMeant(live.client(), connection.get())
                    ? new Connection.Usable(live.client())
                    : new Connection.Unusable(new Sight.Connecting());
        };
    }

    /** Why the object may not have this alias any more. Empty if it may, or if there is no connection to say so. */
    public Optional<Problem> refusal(Subject subject, String alias) {
        return connections.find(ConnectionName.of(subject))
                .flatMap(connection -> allowance(subject, connection).missing(subject, alias))
                .map(ConnectionView::notAllowed);
    }

    private static Optional<Problem> refusal(Subject subject, ServerConnection<?> connection) {
        return allowance(subject, connection).missing(subject).map(ConnectionView::notAllowed);
    }

    private static Allowance allowance(Subject subject, ServerConnection<?> connection) {
        return new Allowance(ConnectionName.of(subject), connection.getSpec());
    }

    private static Problem notAllowed(String why) {
        return new Problem(Reason.ConnectionNotAllowed, why);
    }

    private Problem notFound(Subject subject) {
        ConnectionRef ref = subject.spec().connectionRef();
        return new Problem(Reason.ConnectionNotFound, switch (ref.kind()) {
            case MilvusConnection -> format("there is no MilvusConnection %s in namespace %s", ref.name(),
                    subject.name().namespace());
            case ClusterMilvusConnection -> connections.knows(ref.kind())
                    ? format("there is no ClusterMilvusConnection %s", ref.name())
                    : format(
                            "ClusterMilvusConnection %s can't be used: cluster connections need an operator in cluster "
                                    + "mode, and this one watches some namespaces only (WATCH_NAMESPACES)",
                            ref.name());
        });
    }
}
