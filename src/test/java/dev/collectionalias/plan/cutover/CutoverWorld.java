package dev.collectionalias.plan.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.rules.AliasRules;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Observation;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RetirementFacts;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** One object, one alias and a handful of collections in memory: the main path without a server and without a cluster. */
final class CutoverWorld {

    /** Far more than any decision needs to come to an end. */
    private static final int MOST_STEPS = 20;
    private static final AliasKey KEY = new AliasKey("milvus:19530", "default", "products");
    private static final Schema.Field ID = new Schema.Field("id", "Int64", Optional.empty(), true, false,
            Optional.empty());

    /** A collection; {@code generation} tells one from an earlier one of the same name. */
    record Collection(String name, int generation, boolean loaded, long rows, int dimension) {

        CollectionState state() {
            return new CollectionState(name, name.substring(name.length() - 1) + generation, loaded);
        }

        CollectionFacts facts() {
            return new CollectionFacts(state(), loaded ? Loading.SEARCHABLE : Loading.NOT_LOADED,
                    Optional.of(new Schema(List.of(ID, new Schema.Field("vector", "FloatVector",
                            Optional.of(dimension), false, false, Optional.of("L2"))), false)),
                    Optional.of(new RowCount(rows, loaded)), Optional.empty());
        }
    }

    final Map<String, Collection> collections = new HashMap<>();
    final Map<String, String> annotations = new HashMap<>();
    final List<Announcement> announcements = new ArrayList<>();
    CollectionAliasSpec spec;
    String target;
    long generation = 1;
    Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private CollectionAliasStatus status = CollectionAliasStatus.EMPTY;
    private final List<CutoverState> states = new ArrayList<>(List.of(CutoverState.Absent));

    CutoverWorld(CollectionAliasSpec spec) {
        this.spec = spec;
    }

    CollectionAliasStatus status() {
        return status;
    }

    /** The states that were gone through, from the first one on. */
    List<CutoverState> states() {
        return states;
    }

    /** Takes steps until there is nothing left to do at once; what was only asked is no step. */
    List<Step.Outward> settle() {
        List<Step.Outward> steps = new ArrayList<>();
        states.add(CutoverState.of(spec, status));
        Step.Outward step = AliasRules.next(new Situation(subject(), look(), now, 0));
        while (steps.size() < MOST_STEPS) {
            status = step.situation().status();
            announcements.addAll(step.situation().news());
            states.add(CutoverState.of(spec, status));
            Situation situation = step.situation().told();
            if (!(step instanceof Step.Ask)) {
                steps.add(step);
            }
            switch (step) {
                case Step.Ask ask -> step = AliasRules.next(situation.seeing(answer(situation, ask.need())));
                case Step.Look ignored -> step = AliasRules.next(situation.seeing(look()));
                case Step.Call call -> step = AliasRules.after(situation, call.effect(), carryOut(call.effect()));
                case Step.Rest ignored -> {
                    return steps;
                }
                case Step.LetGo ignored -> {
                    return steps;
                }
            }
        }
        throw new AssertionError("no end after %d steps: %s".formatted(MOST_STEPS, steps));
    }

    private Subject subject() {
        return new Subject(new ObjectName("shop", "products"), generation, now.minus(Duration.ofHours(1)),
                Optional.empty(), spec, status, new Requests(Map.copyOf(annotations)));
    }

    private Seen look() {
        Target wanted = find(spec.collection()).<Target>map(Target.Found::new).orElseGet(Target.Missing::new);
        Optional<CollectionState> active = status.active() == null
                ? Optional.empty()
                : find(status.active().collection());
        return new Seen(new Sight.Clear(KEY, subject().owns(KEY.endpoint())
                ? new Standing.Owner()
                : new Standing.FirstInLine(), new Observation(find(target), wanted, active, Set.of()), List.of()));
    }

    private Seen answer(Situation situation, Need<?> need) {
        return switch (need) {
            case Need.Gates gates -> situation.seen().with(gates, Optional.of(facts(gates.candidate(), gates.baseline(),
                    gates.afterSwitch()
                            ? Optional.of(gates.candidate().loaded()
                                    ? new AliasTrial.Searched()
                                    : new AliasTrial.Unsearchable("not loaded"))
                            : Optional.empty())));
            case Need.Collection collection -> situation.seen().with(collection, find(collection.name()));
            case Need.ReplicasOf asked -> situation.seen().with(asked, Replicas.NONE);
            case Need.Retirement retirement ->
                situation.seen().with(retirement, Optional.of(retired(retirement.collection())));
            case Need.Proof proof -> situation.seen().with(proof, collections.containsKey(proof.before())
                    ? new AliasProof.Asked("0123456789ab", 3, 3, 0)
                    : new AliasProof.NoWitness(proof.before() + " does not exist"));
            case Need.Preview preview -> throw new AssertionError("nobody wants a preview: " + preview);
        };
    }

    private RetirementFacts retired(String collection) {
        return new RetirementFacts(find(collection),
                collections.containsKey(collection) ? collections.get(collection).rows() : 0,
                collection.equals(target) ? List.of("products") : List.of(), List.of());
    }

    private GateFacts facts(CollectionState candidate, Optional<CollectionState> baseline,
            Optional<AliasTrial> through) {
        return new GateFacts(collections.get(candidate.name()).facts(),
                baseline.map(state -> collections.get(state.name()).facts()), Optional.empty(), Optional.empty(),
                through);
    }

    private Optional<CollectionState> find(String name) {
        return Optional.ofNullable(name).map(collections::get).map(Collection::state);
    }

    private Outcome carryOut(Effect effect) {
        switch (effect) {
            case Effect.Create create -> target = create.to().name();
            case Effect.Switch change -> target = change.to().name();
            case Effect.Confirm confirm -> target = confirm.at().name();
            case Effect.Drop ignored -> target = null;
            case Effect.Load load -> setLoaded(load.candidate().name(), true);
            case Effect.Release release -> setLoaded(release.retiring().collection(), false);
            default -> throw new AssertionError("not in this world: " + effect);
        }
        return new Outcome.Done(Duration.ofMillis(5), false);
    }

    private void setLoaded(String collection, boolean loaded) {
        collections.computeIfPresent(collection,
                (name, old) -> new Collection(name, old.generation(), loaded, old.rows(), old.dimension()));
    }
}
