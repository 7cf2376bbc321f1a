package dev.collectionalias.plan.cutover;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.AliasPlanner;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Standing;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.Target;
import dev.collectionalias.status.AliasReport;
import dev.collectionalias.status.AliasReporter;
import dev.collectionalias.status.Announcement;
import dev.collectionalias.status.Next;

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
                    Optional.of(new RowCount(rows, loaded)));
        }
    }

    /** What was decided and done, with what was there at that moment. */
    record Step(Subject subject, Observation seen, Decision decision) {}

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

    /** Passes until there is nothing left to do at once. */
    List<Step> settle() {
        List<Step> steps = new ArrayList<>();
        states.add(CutoverState.of(spec, status));
        while (steps.size() < MOST_STEPS) {
            Subject subject = subject();
            Observation seen = observe(subject);
            Sight sight = new Sight.Clear(KEY, subject.owns(KEY.endpoint())
                    ? new Standing.Owner()
                    : new Standing.FirstInLine(), seen, List.of());
            Decision decision = AliasPlanner.decide(subject, sight, now);
            AliasReport report = AliasReporter.report(subject, sight, decision, carryOut(decision), now, 0);
            steps.add(new Step(subject, seen, decision));
            status = report.status();
            announcements.addAll(report.announcements());
            states.add(CutoverState.of(spec, status));
            if (report.next() instanceof Next.After || report.next() instanceof Next.ReleaseFinalizer) {
                return steps;
            }
        }
        throw new AssertionError("no end after %d steps: %s".formatted(MOST_STEPS,
                steps.stream().map(step -> step.decision().toString()).toList()));
    }

    private Subject subject() {
        return new Subject(new ObjectName("shop", "products"), generation, now.minus(Duration.ofHours(1)),
                Optional.empty(), spec, status, new Requests(Map.copyOf(annotations)));
    }

    private Observation observe(Subject subject) {
        Optional<CollectionState> mapping = find(target);
        Target wanted = find(spec.collection()).<Target>map(Target.Found::new).orElseGet(Target.Missing::new);
        Optional<CollectionState> active = status.active() == null
                ? Optional.empty()
                : find(status.active().collection());
        Optional<CollectionState> back = WayBack.of(subject).flatMap(way -> find(way.collection()));
        return new Observation(mapping, wanted, active, back, facts(subject, mapping, wanted, back))
                .with(Optional.empty(), retired(subject));
    }

    private Optional<GateFacts> facts(Subject subject, Optional<CollectionState> mapping, Target wanted,
            Optional<CollectionState> back) {
        if (wanted instanceof Target.Found found && CutoverPlanner.asksBefore(subject, KEY.endpoint(), mapping)) {
            return Optional.of(facts(found.collection(), mapping, Optional.empty()));
        }
        return mapping.filter(at -> CutoverPlanner.asksAfter(subject, at))
                .map(at -> facts(at, back, Optional.of(at.loaded() ? "" : "not loaded")));
    }

    private Optional<RetirementFacts> retired(Subject subject) {
        return RetirementPlanner.due(subject, now).map(retiring -> new RetirementFacts(retiring,
                find(retiring.collection()),
                collections.containsKey(retiring.collection()) ? collections.get(retiring.collection()).rows() : 0,
                retiring.collection().equals(target) ? List.of("products") : List.of(), List.of()));
    }

    private GateFacts facts(CollectionState candidate, Optional<CollectionState> baseline, Optional<String> through) {
        return new GateFacts(collections.get(candidate.name()).facts(),
                baseline.map(state -> collections.get(state.name()).facts()), Optional.empty(), Optional.empty(),
                through);
    }

    private Optional<CollectionState> find(String name) {
        return Optional.ofNullable(name).map(collections::get).map(Collection::state);
    }

    private Outcome carryOut(Decision decision) {
        switch (decision) {
            case Decision.Create create -> target = create.target().name();
            case Decision.Switch change -> target = change.to().name();
            case Decision.Confirm confirm -> target = confirm.at().name();
            case Decision.Drop ignored -> target = null;
            case Decision.Load load -> setLoaded(load.candidate().name(), true);
            case Decision.Release release -> setLoaded(release.retiring().collection(), false);
            default -> {
                return new Outcome.NoCall();
            }
        }
        return new Outcome.Done(Duration.ofMillis(5), false);
    }

    private void setLoaded(String collection, boolean loaded) {
        collections.computeIfPresent(collection,
                (name, old) -> new Collection(name, old.generation(), loaded, old.rows(), old.dimension()));
    }
}
