package dev.collectionalias.plan.cutover;

import java.util.Optional;

import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.Schema;

/** The facts about two collections, {@code v1} that serves and {@code v2} that is to, as far as one gate asks for them. */
final class GateCase {

    private GateCase() {}

    static GateFacts schemas(Schema active, Schema candidate) {
        return facts(Optional.of(facts("v1", Loading.SEARCHABLE, Optional.of(active), Optional.empty())),
                facts("v2", Loading.SEARCHABLE, Optional.of(candidate), Optional.empty()));
    }

    static GateFacts replicas(Replicas active, Loading loading, Replicas candidate) {
        return facts(Optional.of(facts("v1", Loading.SEARCHABLE, Optional.empty(), Optional.of(active))),
                facts("v2", loading, Optional.empty(), Optional.of(candidate)));
    }

    static GateFacts newAlias() {
        return facts(Optional.empty(), facts("v2", Loading.SEARCHABLE, Optional.empty(), Optional.empty()));
    }

    private static GateFacts facts(Optional<CollectionFacts> active, CollectionFacts candidate) {
        return new GateFacts(candidate, active, Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static CollectionFacts facts(String name, Loading loading, Optional<Schema> schema,
            Optional<Replicas> replicas) {
        return new CollectionFacts(new CollectionState(name, name, loading.isLoaded()), loading, schema,
                Optional.empty(), replicas);
    }
}
