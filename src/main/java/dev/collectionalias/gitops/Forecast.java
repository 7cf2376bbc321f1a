package dev.collectionalias.gitops;

import static java.lang.String.format;

import java.time.Clock;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.gitops.Change.PreviewChange;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.plan.AliasPlanner;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.PreviewPlanner;
import dev.collectionalias.status.AliasReporter;

/**
 * What the operator does with one manifest: its own main path, observe, decide and report, up to the first decision about
 * the alias that writes to Milvus. What only remembers something is gone past, as it would be.
 */
final class Forecast {

    /** A pass has fewer; here it goes on where the operator would wait a moment. */
    private static final int MOST_STEPS = 32;
    /** The alias stays where it is, whatever becomes of the collections that it has left. */
    private static final Set<Class<? extends Decision>> LEFT_ALONE = Set.of(Decision.Settled.class,
            Decision.Watch.class, Decision.CountRetiring.class, Decision.Release.class, Decision.KeepLoaded.class,
            Decision.DeferRelease.class);
    /** By these an alias becomes an object's that was there before. */
    private static final Set<Cause> ADOPTIONS = EnumSet.of(Cause.Adopted, Cause.HandedOver);

    private final AliasObserver observer;
    private final MilvusGateway milvus;
    private final Clock clock;
    private final Prospect prospect;

    private Subject subject;
    private String from;
    private boolean adopted;
    private PreviewChange preview;

    Forecast(AliasObserver observer, MilvusGateway milvus, Clock clock, Prospect prospect) {
        this.observer = observer;
        this.milvus = milvus;
        this.clock = clock;
        this.prospect = prospect;
        this.subject = prospect.subject();
    }

    /** @throws Failure if Milvus does not say what has to be known */
    Change change() {
        if (prospect.obstacle().isPresent()) {
            return conflict(prospect.obstacle().get());
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            Sight sight = observer.observe(subject);
            from = pointsAt(sight);
            Decision decision = AliasPlanner.decide(subject, sight, clock.instant());
            switch (decision) {
                case Decision.Take take -> {
                    adopted = prospect.isKnown() && ADOPTIONS.contains(take.cause());
                    remember(sight, decision);
                }
                case Decision.PointPreview point -> {
                    if (point.from().isEmpty() && isCollection(point.alias())) {
                        return nameIsACollection(point.alias());
                    }
                    if (!point.from().equals(Optional.of(point.to()))) {
                        preview = new PreviewChange(point.alias(), point.from().orElse(null), point.to());
                    }
                    remember(sight, new Decision.ForgetPreview(point.alias()));
                    subject = ManifestSubject.withoutPreview(subject);
                }
                case Decision.DropPreview drop -> {
                    preview = new PreviewChange(drop.alias(), subject.status().preview().collection(), null);
                    remember(sight, new Decision.ForgetPreview(drop.alias()));
                }
                case Decision.Claim ignored when from == null -> {
                    return creation();
                }
                case Decision.Create create when create.cause() == Cause.Created -> {
                    return creation();
                }
                case Decision.Create create -> {
                    return change(Action.CREATE, create.target().name(), null, why(create.cause()), List.of());
                }
                case Decision.Switch move when move.cause() != Cause.SpecChanged -> {
                    return change(Action.SWITCH, move.to().name(), null, why(move.cause()), List.of());
                }
                case Decision.Switch move -> {
                    return done(Action.SWITCH, asked(move.gates()));
                }
                case Decision.Load load -> {
                    return held(new Problem(Reason.CollectionNotLoaded, format("%s is loaded first", wanted())),
                            load.gates());
                }
                case Decision.Check check -> {
                    return held(withoutAdvice(check.problem()), check.gates());
                }
                case Decision.Wait wait -> {
                    return waiting(wait.problem());
                }
                case Decision.Suspend ignored -> {
                    return change(Action.NONE, wanted(), null, "spec.suspend is true: it is not touched", List.of());
                }
                case Decision stays when LEFT_ALONE.contains(stays.getClass()) -> {
                    return change(adopted ? Action.ADOPT : Action.NONE, wanted(), null, null, List.of());
                }
                case Decision.Hold ignored -> throw new Failure(
                        format("%s: Milvus was not reached", prospect.manifest().title()));
                // All else is only remembered, or sees to it that searches follow a switch that is over.
                default -> remember(sight, decision);
            }
        }
        throw new IllegalStateException(format("%s is never done", prospect.manifest().title()));
    }

    private void remember(Sight sight, Decision decision) {
        subject = subject.with(AliasReporter
                .report(subject, sight, decision, new Outcome.NoCall(), clock.instant(), 0).status());
    }

    /** The preview alias comes once the alias is there. */
    private Change creation() {
        if (isCollection(subject.spec().alias())) {
            return nameIsACollection(subject.spec().alias());
        }
        String previewAlias = subject.spec().cutover().previewAlias();
        if (!previewAlias.isEmpty()) {
            Optional<String> at = milvus.describeAlias(subject.spec().database(), previewAlias);
            if (at.isEmpty() && isCollection(previewAlias)) {
                return nameIsACollection(previewAlias);
            }
            if (PreviewPlanner.isForeign(subject, at, wanted())) {
                return waiting(PreviewPlanner.existsElsewhere(previewAlias, at.orElseThrow()));
            }
            if (!at.equals(Optional.of(wanted()))) {
                preview = new PreviewChange(previewAlias, at.orElse(null), wanted());
            }
        }
        return done(Action.CREATE, asked(List.of()));
    }

    /** The operator hears of it when it creates the alias. */
    private boolean isCollection(String alias) {
        return milvus.collectionId(subject.spec().database(), alias).isPresent();
    }

    private Change nameIsACollection(String alias) {
        return conflict(new Problem(Reason.NameIsACollection, format("a collection has the name %s already", alias)));
    }

    private Change waiting(Problem problem) {
        return switch (problem.reason()) {
            case Conflict, AliasExistsElsewhere, NameIsACollection, InvalidSpec, ConnectionNotAllowed ->
                conflict(problem);
            case CollectionNotFound, DatabaseNotFound, ConnectionNotFound, RolledBack, Aborted, VerifyFailed, Drifted,
                    OwnershipContested, Deleting ->
                held(problem, List.of());
            default -> throw new Failure(format("%s: %s", prospect.manifest().title(), problem.message()));
        };
    }

    private Change conflict(Problem problem) {
        return change(Action.CONFLICT, wanted(), problem.reason(), problem.message(), List.of());
    }

    /** How it is approved depends on the object in the cluster. */
    private Problem withoutAdvice(Problem problem) {
        return problem.reason() == Reason.AwaitingPromotion
                ? new Problem(problem.reason(), format("%s passed its gates and waits for an approval", wanted()))
                : problem;
    }

    private Change held(Problem problem, List<GateResult> gates) {
        Action held = from == null ? Action.CREATE : from.equals(wanted()) ? Action.NONE : Action.SWITCH;
        return change(held, wanted(), problem.reason(), problem.message(), asked(gates));
    }

    private Change done(Action action, List<GateResult> gates) {
        return change(action, wanted(), null, null, gates);
    }

    private String why(Cause cause) {
        return switch (cause) {
            case Drift -> "somebody else has moved or dropped it; it is put back where it was first";
            case RolledBack -> subject.status().rollback().why();
            default -> "the collection that it pointed at was dropped";
        };
    }

    /** The alias may be looked at where the operator has no reason to. */
    private String pointsAt(Sight sight) {
        return switch (sight) {
            case Sight.Clear clear -> clear.observation().mapping().map(CollectionState::name).orElse(null);
            case Sight.Unclear ignored -> null;
            default -> milvus.describeAlias(subject.spec().database(), subject.spec().alias()).orElse(null);
        };
    }

    private List<GateResult> asked(List<GateResult> gates) {
        List<GateResult> all = new ArrayList<>(gates);
        if (ManifestSubject.hasWebhook(prospect.manifest())) {
            all.add(new GateResult("webhook", Verdict.Waiting, "is asked by the operator only"));
        }
        return all;
    }

    private Change change(Action action, String to, Reason reason, String message, List<GateResult> gates) {
        return new Change(prospect.manifest().place(), prospect.manifest().title(), subject.spec().database(),
                subject.spec().alias(), action, from, to, reason == null ? null : reason.name(), message, gates,
                preview);
    }

    private String wanted() {
        return subject.spec().collection();
    }
}
