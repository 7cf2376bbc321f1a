package dev.collectionalias.reconciler;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.kubernetes.KnownConnections;
import dev.collectionalias.kubernetes.ManagedMilvuses;
import dev.collectionalias.kubernetes.ReferencedObjects;
import dev.collectionalias.kubernetes.SettingsReader;
import dev.collectionalias.milvus.AssumedPort;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.plan.ConnectionName;

/** Reads the spec of a connection, with the objects that it names, and connects to the server that it means. */
record ServerConnector(ReferencedObjects references, ManagedMilvuses milvuses, MilvusConnections clients,
        KnownConnections connections) {

    /** @return the state of the client, or why the spec leads to none */
    State connect(ServerConnection<?> connection, ConnectionName name) {
        return switch (SettingsReader.read(connection, references::find, milvuses::find)) {
            case SettingsReader.Settings.Complete complete ->
                clients.connect(name, atItsPort(connection, complete.settings()), complete::explain);
            case SettingsReader.Settings.Incomplete incomplete -> {
                Failed why = new Failed(incomplete.reason(), incomplete.why(), loss(connection, incomplete));
                // A Secret or Service that is gone leaves a client behind. Aliases may still need it, above all to be
                // deleted.
                if (!isLeftBehind(why) || !isServed(connection, name)) {
                    clients.fail(name, why);
                }
                yield why;
            }
        };
    }

    /** Two connections with one address must lead to one server, so they take one port. */
    private ConnectionSettings atItsPort(ServerConnection<?> connection, ConnectionSettings settings) {
        AssumedPort port = AssumedPort.of(connection);
        boolean kept = port.isKept() || port.isOpen() && connections.all().map(AssumedPort::of)
                .anyMatch(other -> other.isKept() && other.hasTheAddressOf(port.uri()));
        return kept ? settings.at(Endpoint.DEFAULT_PORT) : settings;
    }

    /**
     * Whether somebody can bring the lost thing back. A namespace that is being deleted loses connection, Secret and the
     * right to read it in any order. Nobody can bring any of them back.
     */
    private static Loss loss(ServerConnection<?> connection, SettingsReader.Settings.Incomplete incomplete) {
        return switch (incomplete.lack()) {
            case NONE -> Loss.NONE;
            case FORBIDDEN -> connection.isMarkedForDeletion() ? Loss.FOR_GOOD : Loss.NONE;
            case GONE -> connection.isMarkedForDeletion() ? Loss.FOR_GOOD : Loss.PERHAPS;
        };
    }

    /** Whether the loss may leave a working client behind. milvus-operator makes a missing Service again in a moment. */
    private static boolean isLeftBehind(Failed why) {
        return why.loss() != Loss.NONE || why.reason() == Reason.MilvusNotReady;
    }

    /**
     * Whether there is a client for the server that the connection means, and the server answers it. If the spec asks for
     * TLS, the client has to use it.
     */
    private boolean isServed(ServerConnection<?> connection, ConnectionName name) {
        return clients.state(name).orElse(null) instanceof Connected connected
                && ServerAddresses.isMeant(connected.client(), connection)
                && (connection.getSpec().tlsSettings().isEmpty() || connected.client().settings().tls().isPresent())
                && clients.isAlive(name);
    }
}
