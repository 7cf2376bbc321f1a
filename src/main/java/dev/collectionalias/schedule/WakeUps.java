package dev.collectionalias.schedule;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.inbound.SimpleInboundEventSource;

/** Wakes objects: at once, when something changed that the API server does not tell of, or after a while. */
public final class WakeUps implements AutoCloseable {

    private final SimpleInboundEventSource<CollectionAlias> aliases = new SimpleInboundEventSource<>("wake-alias");
    private final SimpleInboundEventSource<MilvusConnection> connections = new SimpleInboundEventSource<>(
            "wake-connection");
    private final SimpleInboundEventSource<ClusterMilvusConnection> clusterConnections = new SimpleInboundEventSource<>(
            "wake-cluster-connection");
    private final Alarms alarms = new Alarms();

    public EventSource<Void, CollectionAlias> ofAliases() {
        return aliases;
    }

    public EventSource<Void, MilvusConnection> ofConnections() {
        return connections;
    }

    public EventSource<Void, ClusterMilvusConnection> ofClusterConnections() {
        return clusterConnections;
    }

    public void alias(ObjectName name) {
        aliases.propagateEvent(new ResourceID(name.name(), name.namespace()));
    }

    /** Replaces the wake-up that was scheduled before. */
    public void alias(ObjectName name, Duration after) {
        alarms.set(name, after, () -> alias(name));
    }

    /** Replaces the wake-up that was scheduled before, too. */
    public void connection(ConnectionName name, Duration after) {
        alarms.set(name, after, () -> connection(name));
    }

    public void connection(ConnectionName name) {
        switch (name.kind()) {
            case MilvusConnection -> connections.propagateEvent(new ResourceID(name.name(), name.namespace()));
            case ClusterMilvusConnection -> clusterConnections.propagateEvent(new ResourceID(name.name()));
        }
    }

    @Override
    public void close() {
        alarms.close();
    }
}
