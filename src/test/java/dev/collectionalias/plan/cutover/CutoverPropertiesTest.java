package dev.collectionalias.plan.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.api.v1alpha1.LoadedPolicy;
import dev.collectionalias.api.v1alpha1.PromotionMode;
import dev.collectionalias.api.v1alpha1.SchemaPolicy;
import dev.collectionalias.api.v1alpha1.VerifyFailurePolicy;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.cutover.CutoverWorld.Collection;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Every cutover keeps some promises, whatever happens around it and in whatever order. */
class CutoverPropertiesTest {

    private static final String[] NAMES = {"c1", "c2", "c3"};

    /** Something that a user, another client or time does. */
    interface Event {
        void happenTo(CutoverWorld world);
    }

    private record Named(String what, Event event) implements Event {
        @Override
        public void happenTo(CutoverWorld world) {
            event.happenTo(world);
        }

        @Override
        public String toString() {
            return what;
        }
    }

    @Property
    void aSwitchNeverMakesServingWorseAndEverythingComesToAnEnd(@ForAll("cutovers") Cutover cutover,
            @ForAll("histories") List<Event> events) {
        CutoverWorld world = new CutoverWorld(spec(cutover, "c1", false));
        for (String name : NAMES) {
            world.collections.put(name, new Collection(name, 0, true, 100, 8));
        }
        world.settle();
        for (Event event : events) {
            event.happenTo(world);
            List<Step.Outward> steps;
            do {
                steps = world.settle();
                steps.forEach(CutoverPropertiesTest::assertSafe);
            } while (steps.stream().anyMatch(step -> calls(step, Effect.Load.class)));

            CollectionAliasStatus settled = world.status();
            List<Step.Outward> again = world.settle();
            again.forEach(CutoverPropertiesTest::assertSafe);
            assertThat(again.getFirst()).as("the first step of a pass over what is settled")
                    .isNotInstanceOf(Step.Call.class);
            // A verification goes on, and may end.
            if (settled.verification() == null) {
                assertThat(again).as("a pass over what is settled").hasSize(1);
                assertThat(world.status()).as("the status of what is settled").isEqualTo(settled);
            }
        }
        assertThat(StateDiagram.edges(world.states())).isSubsetOf(StateDiagram.edges());
    }

    private static boolean calls(Step.Outward step, Class<? extends Effect> effect) {
        return step instanceof Step.Call call && effect.isInstance(call.effect());
    }

    private static void assertSafe(Step.Outward step) {
        if (!(step instanceof Step.Call(Situation situation, Effect effect))) {
            return;
        }
        assertThat(effect).isNotInstanceOf(Effect.Drop.class);
        if (effect instanceof Effect.Release release) {
            assertUnused(release.retiring(), situation);
        }
        if (!(effect instanceof Effect.Switch change)) {
            return;
        }
        boolean served = situation.mapping().loaded();
        if (change.cause() == Cause.SpecChanged) {
            var gates = Gates.judge(situation.spec().cutover().gates(), situation.seen().answers()
                    .to(new Need.Gates(change.to(), situation.milvus().mapping(), false)).orElseThrow().orElseThrow());
            assertThat(Gates.allPassed(gates)).as("%s", gates).isTrue();
            boolean checked = situation.spec().cutover().gates().loaded() != LoadedPolicy.Never;
            assertThat(change.to().loaded() || !served || !checked).as("%s", change).isTrue();
            assertThat(change.to().name()).isEqualTo(situation.spec().collection());
            assertThat(CutoverState.isRejected(situation.spec(), situation.status())).isFalse();
            if (situation.spec().cutover().promotion().mode() == PromotionMode.Manual) {
                assertThat(change.requestedBy()).isNotEqualTo("spec");
            }
        } else {
            assertThat(change.to().loaded() || !served).as("%s", change).isTrue();
        }
        assertThat(situation.subject().isSuspended()).isFalse();
    }

    private static void assertUnused(Retiring retiring, Situation situation) {
        assertThat(retiring.collection()).isNotIn(situation.mapping().name(), situation.spec().collection());
        assertThat(situation.seen().answers().to(new Need.Retirement(retiring.collection())).orElseThrow().orElseThrow()
                .now().orElseThrow().id()).isEqualTo(retiring.id());
        assertThat(situation.subject().isSuspended()).isFalse();
        assertThat(situation.status().rollback()).isNull();
        assertThat(situation.status().verification()).isNull();
    }

    @Provide
    Arbitrary<Cutover> cutovers() {
        Arbitrary<Cutover.Gates> gates = Combinators.combine(Arbitraries.of(LoadedPolicy.class),
                Arbitraries.of(true, false), Arbitraries.of(SchemaPolicy.class),
                Arbitraries.of(null, new Cutover.Rows(50L, null), new Cutover.Rows(null, 90)))
                .as((loaded, autoLoad, schema, rows) -> new Cutover.Gates(loaded, autoLoad, schema, rows, null, null,
                        null));
        return Combinators.combine(gates, Arbitraries.of(PromotionMode.class),
                Arbitraries.of(null, VerifyFailurePolicy.Hold, VerifyFailurePolicy.Rollback),
                Arbitraries.of(null, "5s"))
                .as((asked, mode, onFailure, releaseAfter) -> new Cutover(new Cutover.Promotion(mode, null), asked,
                        onFailure == null ? null : new Cutover.Verify(KubernetesDuration.of("20s"), onFailure),
                        KubernetesDuration.of("1m"), null,
                        releaseAfter == null ? null : new Cutover.Retirement(KubernetesDuration.of(releaseAfter)),
                        null, null));
    }

    @Provide
    Arbitrary<List<Event>> histories() {
        Arbitrary<String> names = Arbitraries.of(NAMES);
        Arbitrary<Event> spec = names.map(name -> new Named("spec " + name, world -> {
            world.spec = spec(world.spec.cutover(), name, Boolean.TRUE.equals(world.spec.suspend()));
            world.generation++;
        }));
        Arbitrary<Event> suspend = Arbitraries.of(true, false).map(on -> new Named("suspend " + on, world -> {
            world.spec = spec(world.spec.cutover(), world.spec.collection(), on);
            world.generation++;
        }));
        Arbitrary<Event> time = Arbitraries.of(1, 2, 10, 70).map(seconds -> new Named(seconds + "s later",
                world -> world.now = world.now.plus(Duration.ofSeconds(seconds))));
        Arbitrary<Event> collection = Combinators
                .combine(names, Arbitraries.of(true, false), Arbitraries.of(10L, 100L), Arbitraries.of(8, 16),
                        Arbitraries.of(0, 1))
                .as((name, loaded, rows, dimension, generation) -> {
                    Collection now = new Collection(name, generation, loaded, rows, dimension);
                    return new Named(now.toString(), world -> world.collections.put(name, now));
                });
        Arbitrary<Event> drop = names.map(name -> new Named("drop " + name, world -> world.collections.remove(name)));
        Arbitrary<Event> moved = names.map(name -> new Named("moved to " + name, world -> world.target = name));
        Arbitrary<Event> request = Combinators.combine(Arbitraries.of(
                "retry %d", "abort %d", "rollback previous@%d", "rollback 1@%d", "promote c2@%d", "promote c3@%d"),
                Arbitraries.of(0, 0, 0, 1), Arbitraries.integers().between(0, 1000))
                .as((text, behind, salt) -> new Named(text + " -" + behind, world -> {
                    String[] words = text.split(" ");
                    world.annotations.put(Api.GROUP + "/" + words[0],
                            words[1].formatted(world.generation - behind) + "#" + salt);
                }));
        return Arbitraries.oneOf(spec, suspend, time, collection, drop, moved, request, request).list().ofMaxSize(25);
    }

    private static CollectionAliasSpec spec(Cutover cutover, String collection, boolean suspend) {
        return new CollectionAliasSpec("products", collection, null, null, null, null, null, null, null, suspend, null,
                cutover);
    }
}
