package dev.collectionalias.kubernetes;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.Cloner;

/**
 * Copies the metadata of a cached object, in which the SDK changes finalizers. Nobody can change a spec or a status, so the copy has
 * the same ones. The SDK's own cloner writes them out and reads them in again for each reconcile.
 */
public final class MetadataCloner implements Cloner {

    @Override
    @SuppressWarnings("unchecked") // each copy is of the class of its original
    public <R extends HasMetadata> R clone(R object) {
        return (R) switch (object) {
            case CollectionAlias alias -> copy(alias, new CollectionAlias());
            case MilvusConnection connection -> copy(connection, new MilvusConnection());
            case ClusterMilvusConnection connection -> copy(connection, new ClusterMilvusConnection());
            default -> throw new IllegalArgumentException("no controller is about " + object.getKind());
        };
    }

    private static <S, T, R extends CustomResource<S, T>> R copy(R original, R copy) {
        copy.setMetadata(new ObjectMetaBuilder(original.getMetadata()).build());
        copy.setSpec(original.getSpec());
        copy.setStatus(original.getStatus());
        return copy;
    }
}
