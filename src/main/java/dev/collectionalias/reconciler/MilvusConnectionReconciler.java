package dev.collectionalias.reconciler;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;

/** Looks after the connections that a namespace has for itself. */
@ControllerConfiguration(name = "milvusconnection", finalizerName = Api.CONNECTION_FINALIZER, generationAwareEventProcessing = false)
public final class MilvusConnectionReconciler extends ConnectionReconciler<MilvusConnection, MilvusConnectionSpec> {

    MilvusConnectionReconciler(KubernetesClient client, Shared shared) {
        super(ConnectionKind.MilvusConnection, MilvusConnection::new, shared.wakeUps().ofConnections(), client, shared);
    }
}
