package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.RetirementPlanner;

/** Turns what was seen, decided and done in one pass into what is reported of it. */
public final class AliasReporter {

    /** Events come; this is for the one that got lost. */
    private static final Duration SAFETY_NET = Duration.ofSeconds(30);

    private final Subject subject;
    private final Sight sight;
    private final Instant now;
    private final StatusDraft status;
    private final ReportDraft draft;
    private final MoveReporter moves;
    private final CutoverReporter cutovers;
    private final ConfirmationReporter confirmations;
    private final PreviewReporter previews;
    private final RetirementReporter retirements;

    private AliasReporter(ReportDraft draft) {
        this.draft = draft;
        this.subject = draft.subject();
        this.sight = draft.sight();
        this.now = draft.now();
        this.status = draft.status();
        this.moves = new MoveReporter(draft);
        this.cutovers = new CutoverReporter(draft);
        this.confirmations = new ConfirmationReporter(draft);
        this.previews = new PreviewReporter(draft);
        this.retirements = new RetirementReporter(draft);
    }

    /** @param chance from 0 to 1, to spread objects that would be looked at together */
    public static AliasReport report(Subject subject, Sight sight, Decision decision, Outcome outcome, Instant now,
            double chance) {
        return new AliasReporter(new ReportDraft(subject, sight, now, chance)).report(decision, outcome);
    }

    private AliasReport report(Decision decision, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed(decision, failed.problem());
        }
        if (outcome instanceof Outcome.Interrupted) {
            return draft.unchanged(new Next.LookAgain());
        }
        return switch (decision) {
            case Decision.Hold ignored -> draft.unchanged(new Next.After(SAFETY_NET));
            case Decision.Wait wait -> draft.waiting(wait.problem());
            case Decision.Check check -> cutovers.checking(check);
            case Decision.Load load -> cutovers.loading(load);
            case Decision.Settled ignored -> settled();
            case Decision.Suspend ignored -> suspended();
            case Decision.Claim claim -> claimed(claim.target());
            case Decision.Take take -> moves.taken(take, outcome);
            case Decision.Create create -> moves.created(create, done(outcome));
            case Decision.Switch change -> moves.switched(change, done(outcome));
            case Decision.Doubt ignored -> confirmations.doubting();
            case Decision.Mark mark -> confirmations.marking(mark);
            case Decision.Confirm confirm -> confirmations.confirmed(confirm, outcome);
            case Decision.ConfirmPreview confirm -> previews.confirmed(confirm, outcome);
            case Decision.Unmark unmark -> confirmations.unmarked(unmark, outcome);
            case Decision.Watch watch -> cutovers.watching(watch);
            case Decision.Verified ignored -> cutovers.verified();
            case Decision.KeepUnverified keep -> cutovers.keptUnverified(keep);
            case Decision.GoBack back -> cutovers.goingBack(back);
            case Decision.StayThere stay -> cutovers.staying(stay);
            case Decision.Abort abort -> cutovers.aborted(abort.request());
            case Decision.Retry retry -> cutovers.retrying(retry.request());
            case Decision.Refuse refuse -> cutovers.refused(refuse);
            case Decision.CountRetiring count -> retirements.counted(count);
            case Decision.Release release -> retirements.retired(release);
            case Decision.KeepLoaded keep -> retirements.keptLoaded(keep);
            case Decision.DeferRelease defer -> deferred(defer.retiring(), defer.problem());
            case Decision.ClaimPreview claim -> previews.claimed(claim.alias());
            case Decision.PointPreview point -> previews.moved(point, outcome);
            case Decision.DropPreview ignored -> previews.previewDropped(outcome);
            case Decision.ForgetPreview ignored -> previews.previewForgotten();
            case Decision.Drop ignored -> dropped(outcome);
            case Decision.Leave leave -> released(leave);
        };
    }

    private AliasReport failed(Decision decision, Problem problem) {
        return switch (decision) {
            case Decision.Load load -> cutovers.notLoaded(load, problem);
            case Decision.Release release when RetirementPlanner.isCurable(problem) ->
                deferred(release.retiring(), problem);
            case Decision.Release release -> retirements.notReleased(release, problem);
            case Decision.DropPreview ignored when isNeverDropped(problem) -> previews.leftBehind(problem);
            case Decision.Drop ignored when problem.reason() == Reason.NotPrimary ->
                released(new Decision.Leave(problem.reason(),
                        format("alias %s is left in Milvus: %s", subject.spec().alias(), problem.message())));
            case Decision.Unmark unmark -> confirmations.notUnmarked(unmark, problem);
            default -> draft.waiting(problem);
        };
    }

    /** A secondary has its aliases from its primary, where they are dropped; it may be promoted before an object goes. */
    private boolean isNeverDropped(Problem problem) {
        return problem.reason() == Reason.NotPrimary && subject.isDeleting()
                || problem.reason() == Reason.DropFailed && problem.isStalled();
    }

    /** The alias is where it should be all the same. */
    private AliasReport deferred(Retiring retiring, Problem problem) {
        retirements.defer(retiring, problem);
        return settled();
    }

    private AliasReport settled() {
        CollectionState mapping = draft.mapping();
        status.follow(mapping);
        status.own(draft.key().endpoint());
        status.candidate().forget();
        status.forgetOldCorrections();
        draft.ready(mapping);
        return draft.done(draft.untilRefresh(mapping));
    }

    private AliasReport suspended() {
        if (sight instanceof Sight.Clear clear) {
            clear.observation().mapping().ifPresentOrElse(this::observeSuspended, this::missSuspended);
        }
        if (sight instanceof Sight.NoConnection none) {
            draft.serving(ConditionStatus.Unknown, none.problem());
        }
        if (sight instanceof Sight.NotAllowed not) {
            draft.serving(ConditionStatus.Unknown, not.problem());
        }
        if (sight instanceof Sight.Unclear unclear) {
            draft.serving(ConditionStatus.Unknown, unclear.problem());
        }
        status.candidate().stopClock();
        status.cancelRetirement();
        status.conditions().suspended(format("alias %s is observed but not changed while spec.suspend is true",
                subject.spec().alias()));
        return draft.done(new Next.After(
                Pace.untilRefresh(subject.name().toString(), subject.spec().refreshInterval().value(), now)));
    }

    /** A switch is only a moment away, and the alias serves as before. */
    private AliasReport claimed(CollectionState target) {
        status.own(draft.key().endpoint());
        status.candidate().announce(target);
        if (draft.isAbsent()) {
            status.conditions().reconciling(Reason.GatesPending,
                    format("alias %s is about to be created at %s", subject.spec().alias(), target.name()));
        }
        return draft.done(new Next.Proceed());
    }

    private AliasReport dropped(Outcome outcome) {
        if (outcome instanceof Outcome.NeighboursFound found) {
            status.remember(found.neighbours());
            return draft.done(new Next.LookAgain());
        }
        return draft.unchanged(new Next.ReleaseFinalizer());
    }

    private AliasReport released(Decision.Leave leave) {
        return new AliasReport(subject.status(), List.of(Announcement.normal(leave.reason(), leave.why())),
                new Next.ReleaseFinalizer());
    }

    /** Nothing is corrected, but what happens in the meantime is seen. */
    private void observeSuspended(CollectionState mapping) {
        draft.observe(mapping);
        Active active = subject.status().active();
        if (active != null && !status.isAt(mapping)) {
            status.conditions().set(ConditionType.InSync, ConditionStatus.False, Reason.Drifted,
                    format("somebody else moved alias %s from %s to %s", subject.spec().alias(), active.collection(),
                            mapping.name()));
        }
    }

    private void missSuspended() {
        status.conditions().set(ConditionType.Serving, ConditionStatus.False, Reason.Suspended,
                format("alias %s does not exist", subject.spec().alias()));
    }

    private static Outcome.Done done(Outcome outcome) {
        return (Outcome.Done) outcome;
    }
}
