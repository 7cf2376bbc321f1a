package dev.collectionalias.bench;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * What the API server alone takes, without an operator: from a call to the event of a watch. No operator reports sooner
 * than after one of each.
 */
record ApiFloor(Latencies create, Latencies status) {

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    static ApiFloor measure(KubernetesClient client, AliasKind kind, String namespace, Settings settings) {
        MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all = client
                .genericKubernetesResources(kind.apiVersion(), kind.kind());
        NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects = all
                .inNamespace(namespace);
        Sightings sightings = new Sightings();
        try (Watch watch = objects.watch(sightings)) {
            measure(objects, kind, sightings, "warm-up", settings.warmUp(), settings.burstPace());
            return measure(objects, kind, sightings, "measured", settings.floor(), settings.steadyPace());
        }
    }

    private static ApiFloor measure(
            NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects,
            AliasKind kind, Sightings sightings, String set, int count, LoadPace pace) {
        long[] creates = pace.run(count, number -> {
            String name = "%s-%06d".formatted(set, number);
            long at = System.nanoTime();
            return seen(sightings, objects.resource(kind.object(name, name.replace('-', '_'), AliasLoad.BLUE)).create(),
                    at);
        }).stream().mapToLong(Long::longValue).toArray();
        long[] statuses = pace.run(count, number -> {
            String name = "%s-%06d".formatted(set, number);
            long at = System.nanoTime();
            return seen(sightings,
                    objects.resource(kind.object(name, name.replace('-', '_'), AliasLoad.BLUE)).subresource("status")
                            .patch(MERGE,
                                    "{\"status\": {\"observedGeneration\": 1}}"),
                    at);
        }).stream().mapToLong(Long::longValue).toArray();
        pace.run(count, number -> objects.withName("%s-%06d".formatted(set, number)).delete());
        return new ApiFloor(Latencies.ofNanos(creates), Latencies.ofNanos(statuses));
    }

    private static long seen(Sightings sightings, GenericKubernetesResource object, long since) {
        return sightings.version(object.getMetadata().getName(), object.getMetadata().getResourceVersion()) - since;
    }
}
