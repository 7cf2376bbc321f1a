package dev.collectionalias.bench;

import java.util.ArrayList;
import java.util.List;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.NonNamespaceOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;

/**
 * Creates, switches and deletes objects of one kind in one namespace, and times each from the API call to what a watch says.
 * Their names and aliases are of one length, so that none begins with another one, which would cost old servers more.
 */
final class AliasLoad implements AutoCloseable {

    static final String BLUE = "bench_blue";
    static final String GREEN = "bench_green";

    private static final PatchContext MERGE = PatchContext.of(PatchType.JSON_MERGE);

    private final AliasKind kind;
    private final String namespace;
    private final ProcessUsage operator;
    private final NonNamespaceOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> objects;
    private final Sightings sightings = new Sightings();
    private final Watch watch;

    /** One object's call. */
    private record Sent(String name, long at, long generation) {}

    AliasLoad(KubernetesClient client, AliasKind kind, String namespace, ProcessUsage operator) {
        this.kind = kind;
        this.namespace = namespace;
        this.operator = operator;
        MixedOperation<GenericKubernetesResource, ?, Resource<GenericKubernetesResource>> all = client
                .genericKubernetesResources(kind.apiVersion(), kind.kind());
        objects = all.inNamespace(namespace);
        watch = objects.watch(sightings);
    }

    /** @param set of objects: the same one is created, switched and deleted */
    Timings run(Phase phase, String set, int count, LoadPace pace) {
        double cpuBefore = operator.cpuMillis();
        List<Sent> calls = pace.run(count, number -> send(phase, "%s-%06d".formatted(set, number)));
        long first = calls.stream().mapToLong(Sent::at).min().orElseThrow();
        List<Long> done = new ArrayList<>();
        List<Long> active = new ArrayList<>();
        for (Sent call : calls) {
            done.add(awaitDone(phase, call));
            active.add(phase == Phase.DELETE
                    ? done.getLast()
                    : Long.valueOf(sightings.active(call.name(), target(phase))));
        }
        double cpu = operator.cpuMillis() - cpuBefore;
        return new Timings(latencies(calls, done), latencies(calls, active), rate(first, done), rate(first, active),
                cpu / count);
    }

    /** Given an object, the client patches it without asking for it first. */
    private Sent send(Phase phase, String name) {
        long at = System.nanoTime();
        return switch (phase) {
            case CREATE -> new Sent(name, at, generation(objects
                    .resource(kind.object(name, alias(name), target(phase))).create()));
            case SWITCH -> new Sent(name, at,
                    generation(objects.resource(kind.object(name, alias(name), target(phase))).patch(MERGE,
                            "{\"spec\": {\"collection\": \"%s\"}}".formatted(target(phase)))));
            case DELETE -> {
                objects.withName(name).delete();
                yield new Sent(name, at, 0);
            }
        };
    }

    private long awaitDone(Phase phase, Sent call) {
        return phase == Phase.DELETE
                ? sightings.gone(call.name())
                : sightings.ready(call.name(), call.generation());
    }

    private String alias(String name) {
        return (namespace + "_" + name).replace('-', '_');
    }

    private static String target(Phase phase) {
        return phase == Phase.SWITCH ? GREEN : BLUE;
    }

    private static long generation(GenericKubernetesResource object) {
        return object.getMetadata().getGeneration();
    }

    private static Latencies latencies(List<Sent> calls, List<Long> moments) {
        long[] nanos = new long[calls.size()];
        for (int i = 0; i < nanos.length; i++) {
            nanos[i] = moments.get(i) - calls.get(i).at();
        }
        return Latencies.ofNanos(nanos);
    }

    private static double rate(long first, List<Long> moments) {
        long last = moments.stream().mapToLong(Long::longValue).max().orElseThrow();
        return moments.size() * 1e9 / (last - first);
    }

    @Override
    public void close() {
        watch.close();
    }
}
