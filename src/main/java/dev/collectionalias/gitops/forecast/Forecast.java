package dev.collectionalias.gitops.forecast;

import static java.lang.String.format;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.gitops.forecast.Change.PreviewChange;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.preview.PreviewAlias;
import dev.collectionalias.plan.rules.AliasRules;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.PreviewSight;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Conclusion;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * What the operator would do with one manifest. The forecast follows the operator's own main path up to the first call that
 * changes the alias. It takes every other call as done.
 */
final class Forecast {

    /** A pass has fewer. The forecast goes on where the operator would wait a moment. */
    private static final int MOST_STEPS = 32;
    /** By these causes, an object takes over an alias that existed before. */
    private static final Set<String> ADOPTIONS = Set.of(Cause.Adopted.name(), Cause.HandedOver.name());

    private final AliasObserver observer;
    private final MilvusGateway milvus;
    private final Clock clock;
    private final Prospect prospect;

    private Subject subject;
    private String from;
    private PreviewChange preview;

    Forecast(AliasObserver observer, MilvusGateway milvus, Clock clock, Prospect prospect) {
        this.observer = observer;
        this.milvus = milvus;
        this.clock = clock;
        this.prospect = prospect;
        this.subject = prospect.subject();
    }

    /** @throws Failure if Milvus does not tell what the forecast needs */
    Change change() {
        if (prospect.obstacle().isPresent()) {
            return conflict(prospect.obstacle().get());
        }
        Step.Outward step = next(new Situation(subject, observer.look(subject), clock.instant(), 0));
        for (int taken = 0; taken < MOST_STEPS; taken++) {
            Situation situation = step.situation();
            subject = situation.subject();
            switch (step) {
                case Step.Ask ask -> step = next(situation.seeing(answer(situation.seen(), ask.need())));
                case Step.Look ignored -> step = next(situation.seeing(observer.look(subject)));
                case Step.Call call -> {
                    Optional<Change> change = called(call.effect());
                    if (change.isPresent()) {
                        return change.get();
                    }
                    step = AliasRules.after(situation, call.effect(), new Outcome.Done(Duration.ZERO, false));
                }
                case Step.Rest rest -> {
                    return rested(rest.conclusion());
                }
                case Step.LetGo ignored -> throw new IllegalStateException(
                        format("%s is not being deleted", prospect.manifest().title()));
            }
        }
        throw new IllegalStateException(format("%s is never done", prospect.manifest().title()));
    }

    /** A preview alias that was pointed somewhere in thought is there. A switch that is over needs no proof here. */
    private Seen answer(Seen seen, Need<?> need) {
        if (need instanceof Need.Proof proof) {
            return seen.with(proof, new AliasProof.NoWitness("nobody asked"));
        }
        boolean pointed = need instanceof Need.Preview asked && preview != null && preview.to() != null
                && preview.alias().equals(asked.alias());
        return pointed
                ? seen.with((Need.Preview) need, new PreviewSight(preview.alias(), Optional.of(preview.to()),
                        Optional.empty(), List.of()))
                : observer.answer(subject, seen, need);
    }

    private Step.Outward next(Situation situation) {
        from = pointsAt(situation.sight());
        return AliasRules.next(situation);
    }

    /** The change of the alias; empty if the call changes something else. The forecast takes such a call as done. */
    private Optional<Change> called(Effect effect) {
        return switch (effect) {
            case Effect.Create create when create.cause() == Cause.Created -> Optional.of(creation());
            case Effect.Create create ->
                Optional.of(change(Action.CREATE, create.to().name(), null, why(create.cause()), List.of()));
            case Effect.Switch move when move.cause() == Cause.SpecChanged ->
                Optional.of(done(Action.SWITCH, asked(move.gates())));
            case Effect.Switch move ->
                Optional.of(change(Action.SWITCH, move.to().name(), null, why(move.cause()), List.of()));
            case Effect.Load load -> Optional.of(held(new Problem(Reason.CollectionNotLoaded,
                    format("%s is loaded first", wanted())), load.gates()));
            case Effect.PointPreview point -> pointed(point);
            case Effect.DropPreview drop -> {
                preview = new PreviewChange(drop.alias(), subject.status().preview().collection(), null);
                yield Optional.empty();
            }
            case Effect.Release ignored -> Optional.of(stays());
            case Effect.Confirm ignored -> Optional.empty();
            case Effect.ConfirmPreview ignored -> Optional.empty();
            case Effect.Unmark ignored -> Optional.empty();
            case Effect.Drop ignored -> Optional.empty();
        };
    }

    private Optional<Change> pointed(Effect.PointPreview point) {
        if (point.from().isEmpty() && isCollection(point.alias())) {
            return Optional.of(nameIsACollection(point.alias()));
        }
        preview = new PreviewChange(point.alias(), point.from().orElse(null), point.to());
        return Optional.empty();
    }

    private Change rested(Conclusion conclusion) {
        return switch (conclusion) {
            case Conclusion.Blocked blocked -> blocked.gates().isEmpty()
                    ? waiting(blocked.problem())
                    : held(withoutAdvice(blocked.problem()), blocked.gates());
            case Conclusion.Suspended ignored ->
                change(Action.NONE, wanted(), null, "spec.suspend is true: it is not touched", List.of());
            case Conclusion.InSync ignored -> stays();
            case Conclusion.Verifying ignored -> stays();
            case Conclusion.Nothing ignored -> throw new Failure(
                    format("%s: Milvus was not reached", prospect.manifest().title()));
        };
    }

    /** The alias stays where it is. Collections that it has left do not matter. */
    private Change stays() {
        int known = revision(prospect.subject());
        boolean adopted = prospect.isKnown() && subject.status().history().stream()
                .anyMatch(entry -> entry.revision() > known && ADOPTIONS.contains(entry.cause()));
        return change(adopted ? Action.ADOPT : Action.NONE, wanted(), null, null, List.of());
    }

    private static int revision(Subject subject) {
        return subject.status().history().isEmpty() ? 0 : subject.status().history().getFirst().revision();
    }

    /** The operator creates the preview alias after the alias. */
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
            if (PreviewAlias.isForeign(subject, at, wanted())) {
                return waiting(PreviewAlias.existsElsewhere(previewAlias, at.orElseThrow()));
            }
            if (!at.equals(Optional.of(wanted()))) {
                preview = new PreviewChange(previewAlias, at.orElse(null), wanted());
            }
        }
        return done(Action.CREATE, asked(List.of()));
    }

    /** The operator learns this only when it creates the alias. */
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

    /** Without the advice how to approve, because that depends on the object in the cluster. */
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

    /** Asks Milvus if the operator itself had no reason to look at the alias. */
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
