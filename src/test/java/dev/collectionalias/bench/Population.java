package dev.collectionalias.bench;

import java.util.List;
import java.util.Map;

import dev.collectionalias.support.MilvusState;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;

/** Objects that become more and more, in one namespace. */
final class Population implements AutoCloseable {

    private final AliasKind kind;
    private final Layout layout;
    private final NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects;
    private final Sightings sightings = new Sightings();
    private final Watch watch;
    private int size;

    Population(KubernetesClient client, AliasKind kind, String namespace, Layout layout) {
        this.kind = kind;
        this.layout = layout;
        MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all = client
                .genericKubernetesResources(kind.apiVersion(), kind.kind());
        objects = all.inNamespace(namespace);
        watch = objects.watch(sightings);
    }

    /** Adds as many as are missing, and returns when all are ready: how many that were a second. */
    double growTo(int wanted, LoadPace pace) {
        int first = size;
        long start = System.nanoTime();
        List<GenericKubernetesResource> added = pace.run(wanted - first,
                number -> objects.resource(object(first + number)).create());
        long last = added.stream().mapToLong(object -> sightings.ready(object.getMetadata().getName(),
                object.getMetadata().getGeneration())).max().orElse(start);
        size = wanted;
        return added.size() * 1e9 / (last - start);
    }

    private GenericKubernetesResource object(int number) {
        Layout.Place place = layout.place(number);
        AliasKind placed = place.database().equals(MilvusState.DEFAULT_DATABASE)
                ? kind
                : kind.with(Map.of("database", place.database()));
        return placed.object("scale-%06d".formatted(number), alias(number), place.collection());
    }

    static String alias(int number) {
        return "alias_%06d".formatted(number);
    }

    @Override
    public void close() {
        watch.close();
    }
}
