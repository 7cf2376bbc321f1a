package dev.collectionalias.kubernetes;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.observe.ConnectionDirectory;
import dev.collectionalias.plan.ConnectionName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/** The connections as the alias controller's informers know them. */
public final class ConnectionCache implements ConnectionDirectory {

    private final KubernetesClient client;
    private volatile InformerEventSource<MilvusConnection, CollectionAlias> namespaced;
    private volatile InformerEventSource<ClusterMilvusConnection, CollectionAlias> clusterWide;

    public ConnectionCache(KubernetesClient client) {
        this.client = client;
    }

    /** The caller does this before the controller starts. */
    public void attach(InformerEventSource<MilvusConnection, CollectionAlias> connections) {
        namespaced = connections;
    }

    /** The caller does this before the controller starts, and only if the operator watches all namespaces. */
    public void attachClusterWide(InformerEventSource<ClusterMilvusConnection, CollectionAlias> connections) {
        clusterWide = connections;
    }

    @Override
    public boolean knows(ConnectionKind kind) {
        return kind == ConnectionKind.MilvusConnection || clusterWide != null;
    }

    @Override
    public Optional<ServerConnection<?>> find(ConnectionName name) {
        return switch (name.kind()) {
            case MilvusConnection -> find(namespaced, new ResourceID(name.name(), name.namespace()),
                    client.resources(MilvusConnection.class).inNamespace(name.namespace()).withName(name.name()));
            case ClusterMilvusConnection -> clusterWide == null
                    ? Optional.empty()
                    : find(clusterWide, new ResourceID(name.name()),
                            client.resources(ClusterMilvusConnection.class).withName(name.name()));
        };
    }

    /** Whether an informer has told that somebody deletes it. */
    public boolean isLeaving(ConnectionName name) {
        return switch (name.kind()) {
            case MilvusConnection -> isLeaving(namespaced, new ResourceID(name.name(), name.namespace()));
            case ClusterMilvusConnection -> clusterWide != null && isLeaving(clusterWide, new ResourceID(name.name()));
        };
    }

    private static <C extends ServerConnection<?>> boolean isLeaving(InformerEventSource<C, CollectionAlias> informer,
            ResourceID id) {
        return informer.get(id).filter(HasMetadata::isMarkedForDeletion).isPresent();
    }

    /** Asks the API server for a connection that the informer does not know. A user may have applied it along with its alias. */
    private static <C extends ServerConnection<?>> Optional<ServerConnection<?>> find(
            InformerEventSource<C, CollectionAlias> informer, ResourceID id, Resource<C> resource) {
        return informer.get(id).or(() -> ask(resource)).map(found -> found);
    }

    private static <C> Optional<C> ask(Resource<C> resource) {
        try {
            return Optional.ofNullable(resource.get());
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
