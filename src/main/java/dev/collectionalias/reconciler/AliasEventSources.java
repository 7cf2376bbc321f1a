package dev.collectionalias.reconciler;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.kubernetes.AliasIndex;
import dev.collectionalias.kubernetes.ConnectionCache;
import dev.collectionalias.kubernetes.RelevantChange;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.schedule.WakeUps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/**
 * The events that make the operator look at an alias, besides its own changes: its connection's, and wake-ups.
 *
 * @param wholeCluster whether the operator watches all namespaces, and so objects that belong to none
 */
record AliasEventSources(AliasIndex index, ConnectionCache connections, WakeUps wakeUps, boolean wholeCluster) {

    List<EventSource<?, CollectionAlias>> prepare(EventSourceContext<CollectionAlias> context) {
        index.attach(context.getPrimaryCache());
        List<EventSource<?, CollectionAlias>> sources = new ArrayList<>(List.of(wakeUps.ofAliases()));
        InformerEventSource<MilvusConnection, CollectionAlias> namespaced = informer(MilvusConnection.class,
                ConnectionKind.MilvusConnection, context);
        connections.attach(namespaced);
        sources.add(namespaced);
        if (wholeCluster) {
            InformerEventSource<ClusterMilvusConnection, CollectionAlias> clusterWide = informer(
                    ClusterMilvusConnection.class, ConnectionKind.ClusterMilvusConnection, context);
            connections.attachClusterWide(clusterWide);
            sources.add(clusterWide);
        }
        return sources;
    }

    private <C extends ServerConnection<?>> InformerEventSource<C, CollectionAlias> informer(Class<C> type,
            ConnectionKind kind, EventSourceContext<CollectionAlias> context) {
        return new InformerEventSource<>(InformerEventSourceConfiguration.from(type, CollectionAlias.class)
                .withName(kind.name()).withSecondaryToPrimaryMapper(connection -> users(kind, connection))
                .withOnUpdateFilter(new RelevantChange()).build(), context);
    }

    private Set<ResourceID> users(ConnectionKind kind, HasMetadata connection) {
        ConnectionName name = ConnectionName.of(kind, connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
        return index.using(name).stream().map(Subject::name)
                .map(alias -> new ResourceID(alias.name(), alias.namespace())).collect(Collectors.toSet());
    }
}
