package dev.collectionalias.reconciler;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.observe.ConnectionDirectory;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;

/** The connections as the alias controller's informer knows them. */
final class ConnectionCache implements ConnectionDirectory {

    private final KubernetesClient client;
    private volatile InformerEventSource<MilvusConnection, CollectionAlias> informer;

    ConnectionCache(KubernetesClient client) {
        this.client = client;
    }

    /** Must be called before the controller starts. */
    void attach(InformerEventSource<MilvusConnection, CollectionAlias> connections) {
        informer = connections;
    }

    /** A connection that was applied along with its alias may not have reached the informer yet, so that it is asked for. */
    @Override
    public Optional<MilvusConnection> find(ObjectName name) {
        return informer.get(new ResourceID(name.name(), name.namespace())).or(() -> ask(name));
    }

    private Optional<MilvusConnection> ask(ObjectName name) {
        try {
            return Optional.ofNullable(client.resources(MilvusConnection.class).inNamespace(name.namespace())
                    .withName(name.name()).get());
        } catch (KubernetesClientException e) {
            return Optional.empty();
        }
    }
}
