package dev.collectionalias.reconciler;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.ClusterMilvusConnectionSpec;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Looks after the connections that namespaces share. */
@ControllerConfiguration(name = "clustermilvusconnection", finalizerName = Api.CONNECTION_FINALIZER, generationAwareEventProcessing = false)
public final class ClusterMilvusConnectionReconciler
        extends
            ConnectionReconciler<ClusterMilvusConnection, ClusterMilvusConnectionSpec> {

    ClusterMilvusConnectionReconciler(KubernetesClient client, Shared shared) {
        super(ConnectionKind.ClusterMilvusConnection, ClusterMilvusConnection::new,
                shared.wakeUps().ofClusterConnections(), client, shared);
    }
}
