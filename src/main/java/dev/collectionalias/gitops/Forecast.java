package dev.collectionalias.gitops;

import static java.lang.String.format;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.gitops.Change.PreviewChange;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.plan.AliasPlanner;
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

    private static final int MOST_STEPS = 8;

    private final AliasObserver observer;
    private final MilvusGateway milvus;
    private final Clock clock;
    private final Manifest manifest;
    private final boolean foreign;

    private Subject subject;
    private CollectionAliasStatus beforePreview;
    private String from;
    private PreviewChange preview;

    /** @param foreign whether an alias that exists is not this manifest's yet */
    Forecast(AliasObserver observer, MilvusGateway milvus, Clock clock, Manifest manifest, boolean foreign) {
        this.observer = observer;
        this.milvus = milvus;
        this.clock = clock;
        this.manifest = manifest;
        this.foreign = foreign;
        this.subject = ManifestSubject.of(manifest, foreign, clock.instant());
    }

    /** @throws Failure if Milvus does not say what has to be known */
    Change change() {
        for (int step = 0; step < MOST_STEPS; step++) {
            Sight sight = observer.observe(subject);
            Decision decision = AliasPlanner.decide(subject, sight, clock.instant());
            switch (decision) {
                case Decision.Take take -> {
                    from = take.at().name();
                    remember(sight, decision);
                }
                case Decision.ClaimPreview ignored -> {
                    beforePreview = subject.status();
                    remember(sight, decision);
                }
                case Decision.PointPreview point -> {
                    if (point.from().isEmpty() && isCollection(point.alias())) {
                        return nameIsACollection(point.alias());
                    }
                    if (!point.from().equals(Optional.of(point.to()))) {
                        preview = new PreviewChange(point.alias(), point.from().orElse(null), point.to());
                    }
                    subject = ManifestSubject.withoutPreview(subject.with(beforePreview));
                }
                case Decision.Claim ignored when from == null -> {
                    return creation();
                }
                case Decision.Claim ignored -> remember(sight, decision);
                case Decision.Switch change -> {
                    return done(Action.SWITCH, asked(change.gates()));
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
                    return change(Action.NONE, null, "spec.suspend is true: it is not touched", List.of());
                }
                case Decision.Settled ignored -> {
                    return done(foreign ? Action.ADOPT : Action.NONE, List.of());
                }
                // All else is about what an object remembers or is asked for, and this one is new.
                default -> throw new IllegalStateException(format("%s: %s", manifest.title(), decision));
            }
        }
        throw new IllegalStateException(format("%s is never done", manifest.title()));
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
        return change(Action.CONFLICT, Reason.NameIsACollection,
                format("a collection has the name %s already", alias), List.of());
    }

    private Change waiting(Problem problem) {
        return switch (problem.reason()) {
            case CollectionNotFound, DatabaseNotFound -> held(problem, List.of());
            case Conflict, AliasExistsElsewhere, NameIsACollection, InvalidSpec ->
                change(Action.CONFLICT, problem.reason(), problem.message(), List.of());
            default -> throw new Failure(format("%s: %s", manifest.title(), problem.message()));
        };
    }

    /** How it is approved depends on the object in the cluster. */
    private Problem withoutAdvice(Problem problem) {
        return problem.reason() == Reason.AwaitingPromotion
                ? new Problem(problem.reason(), format("%s passed its gates and waits for an approval", wanted()))
                : problem;
    }

    private Change held(Problem problem, List<GateResult> gates) {
        return change(from == null ? Action.CREATE : Action.SWITCH, problem.reason(), problem.message(), asked(gates));
    }

    private Change done(Action action, List<GateResult> gates) {
        return change(action, null, null, gates);
    }

    private List<GateResult> asked(List<GateResult> gates) {
        List<GateResult> all = new ArrayList<>(gates);
        if (ManifestSubject.hasWebhook(manifest)) {
            all.add(new GateResult("webhook", Verdict.Waiting, "is asked by the operator only"));
        }
        return all;
    }

    private Change change(Action action, Reason reason, String message, List<GateResult> gates) {
        if (from == null && action == Action.CONFLICT) {
            from = milvus.describeAlias(subject.spec().database(), subject.spec().alias()).orElse(null);
        }
        return new Change(manifest.place(), manifest.title(), subject.spec().database(), subject.spec().alias(),
                action, from, wanted(), reason == null ? null : reason.name(), message, gates, preview);
    }

    private String wanted() {
        return subject.spec().collection();
    }
}
