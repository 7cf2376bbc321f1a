package dev.collectionalias.bench;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import dev.collectionalias.support.CollectionShape;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.Rpc;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;

/** Runs one contender at a time, in a namespace of its own, and leaves no object behind. */
final class Trial {

    /** Enough to tell what is done for each object from what is done beside. */
    private static final int COUNTED = 20;

    private final ControlPlane controlPlane;
    private final Settings settings;
    private final AtomicInteger namespaces = new AtomicInteger();

    Trial(ControlPlane controlPlane, Settings settings) {
        this.controlPlane = controlPlane;
        this.settings = settings;
    }

    /** Makes the two collections that the aliases point at. */
    static void furnish(MilvusServer milvus) {
        try (MilvusCollections collections = milvus instanceof InProcessMilvus inProcess
                ? MilvusCollections.of(inProcess)
                : MilvusCollections.of(milvus)) {
            for (String name : new String[]{AliasLoad.BLUE, AliasLoad.GREEN}) {
                collections.create("default", name, CollectionShape.PLAIN, 10);
                collections.load("default", name);
                collections.awaitSearchable("default", name);
            }
        }
    }

    Round round(Contender contender, MilvusServer milvus) {
        String namespace = namespace();
        try (Visit visit = new Visit(contender, namespace, milvus);
                AliasLoad load = load(contender, namespace, visit)) {
            warmUp(load);
            Timings steadyCreate = load.run(Phase.CREATE, "rate", settings.steady(), settings.steadyPace());
            Timings steadySwitch = load.run(Phase.SWITCH, "rate", settings.steady(), settings.steadyPace());
            load.run(Phase.DELETE, "rate", settings.steady(), settings.burstPace());
            Timings burstCreate = load.run(Phase.CREATE, "many", settings.burst(), settings.burstPace());
            Timings burstSwitch = load.run(Phase.SWITCH, "many", settings.burst(), settings.burstPace());
            Round.Memory memory = visit.usage().memory();
            Timings burstDelete = load.run(Phase.DELETE, "many", settings.burst(), settings.burstPace());
            return new Round(steadyCreate, steadySwitch, burstCreate, burstSwitch, burstDelete, memory);
        }
    }

    /** Counts the calls to a double of that version. */
    Costs costs(Contender contender, String version) {
        String namespace = namespace();
        try (InProcessMilvus milvus = new InProcessMilvus(version)) {
            milvus.start();
            furnish(milvus);
            try (Visit visit = new Visit(contender, namespace, milvus);
                    AliasLoad load = load(contender, namespace, visit)) {
                warmUp(load);
                Map<Phase, Map<Rpc, Double>> perObject = new EnumMap<>(Phase.class);
                Map<Phase, ApiRequests> requests = new EnumMap<>(Phase.class);
                for (Phase phase : Phase.values()) {
                    milvus.journal().clear();
                    ApiRequests before = ApiRequests.soFar(controlPlane);
                    load.run(phase, "count", COUNTED, settings.steadyPace());
                    perObject.put(phase, RpcCosts.counted(milvus.journal().all(), COUNTED));
                    requests.put(phase, ApiRequests.soFar(controlPlane).perObjectSince(before, phase, COUNTED));
                }
                return new Costs(new RpcCosts(perObject), requests);
            }
        }
    }

    ApiFloor apiFloor(AliasKind kind) {
        return ApiFloor.measure(controlPlane.client(), kind, namespace(), settings);
    }

    private void warmUp(AliasLoad load) {
        for (Phase phase : Phase.values()) {
            load.run(phase, "warm", settings.warmUp(), settings.burstPace());
        }
    }

    private AliasLoad load(Contender contender, String namespace, Visit visit) {
        return new AliasLoad(controlPlane.client(), contender.kind(), namespace, visit.usage());
    }

    /** One process of a contender, with a connection that goes when it goes. */
    private record Visit(Contender contender, String namespace, Contender.Running running) implements AutoCloseable {

        Visit(Contender contender, String namespace, MilvusServer milvus) {
            this(contender, namespace, launched(contender, namespace, milvus));
        }

        private static Contender.Running launched(Contender contender, String namespace, MilvusServer milvus) {
            contender.connect(namespace, milvus);
            Contender.Running running = contender.launch(namespace, milvus);
            running.awaitReady();
            return running;
        }

        ProcessUsage usage() {
            return new ProcessUsage(running.pid());
        }

        @Override
        public void close() {
            contender.disconnect(namespace);
            running.close();
        }
    }

    private String namespace() {
        String name = "bench-%03d".formatted(namespaces.incrementAndGet());
        controlPlane.client().resource(new NamespaceBuilder().withNewMetadata().withName(name).endMetadata().build())
                .create();
        return name;
    }
}
