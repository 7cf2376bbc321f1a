package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.cutover.Deadline;
import dev.collectionalias.plan.cutover.PreviewPlanner;
import dev.collectionalias.plan.cutover.RetirementPlanner;
import dev.collectionalias.plan.cutover.Verifier;

/** Turns what was seen, decided and done in one pass into what is reported of it. */
public final class AliasReporter {

    /** Events come; this is for the one that got lost. */
    private static final Duration SAFETY_NET = Duration.ofSeconds(30);

    /** Statuses have whole seconds only. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private static final Duration UNTIL_THE_CACHE_KNOWS = Duration.ofMillis(100);

    /** Memory is not worth more haste. */
    private static final Duration RETIRED_LATER = Duration.ofMinutes(1);

    private final Subject subject;
    private final Sight sight;
    private final Instant now;
    private final double chance;
    private final StatusDraft status;
    private final List<Announcement> announcements = new ArrayList<>();

    private AliasReporter(Subject subject, Sight sight, Instant now, double chance) {
        this.subject = subject;
        this.sight = sight;
        this.now = now;
        this.chance = chance;
        this.status = new StatusDraft(subject, now);
    }

    /** @param chance from 0 to 1, to spread objects that would be looked at together */
    public static AliasReport report(Subject subject, Sight sight, Decision decision, Outcome outcome, Instant now,
            double chance) {
        return new AliasReporter(subject, sight, now, chance).report(decision, outcome);
    }

    private AliasReport report(Decision decision, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return failed(decision, failed.problem());
        }
        return switch (decision) {
            case Decision.Hold ignored -> unchanged(new Next.After(SAFETY_NET));
            case Decision.Wait wait -> waiting(wait.problem());
            case Decision.Check check -> checking(check);
            case Decision.Load load -> loading(load, "");
            case Decision.Settled ignored -> settled();
            case Decision.Suspend ignored -> suspended();
            case Decision.Claim claim -> claimed(claim.target());
            case Decision.Take take -> taken(take, outcome);
            case Decision.Create create ->
                moved(create.target(), create.cause(), new Move(done(outcome).took(), false, "spec", List.of()));
            case Decision.Switch change -> switched(change, done(outcome));
            case Decision.Confirm ignored -> confirmed();
            case Decision.Watch watch -> watching(watch);
            case Decision.Verified ignored -> verified();
            case Decision.KeepUnverified keep -> keptUnverified(keep);
            case Decision.GoBack back -> goingBack(back);
            case Decision.StayThere stay -> staying(stay);
            case Decision.Abort abort -> aborted(abort.request());
            case Decision.Retry retry -> retrying(retry.request());
            case Decision.Refuse refuse -> refused(refuse);
            case Decision.CountRetiring count -> counted(count);
            case Decision.Release release -> retired(release);
            case Decision.KeepLoaded keep -> keptLoaded(keep);
            case Decision.ClaimPreview claim -> previewed(claim.alias(), null);
            case Decision.PointPreview point -> previewed(point.alias(), point.to());
            case Decision.DropPreview ignored -> previewDropped(outcome);
            case Decision.ForgetPreview ignored -> previewForgotten();
            case Decision.Drop ignored -> dropped(outcome);
            case Decision.Leave leave -> released(leave);
        };
    }

    private AliasReport failed(Decision decision, Problem problem) {
        return switch (decision) {
            case Decision.Load load -> loading(load, "; loading it failed: " + problem.message());
            case Decision.Release release -> notReleased(release, problem);
            default -> waiting(problem);
        };
    }

    private AliasReport unchanged(Next next) {
        return new AliasReport(subject.status(), List.of(), next);
    }

    private AliasReport settled() {
        CollectionState mapping = mapping();
        status.follow(mapping);
        status.own(key().endpoint());
        status.noCandidate();
        status.forgetOldCorrections();
        ready(mapping);
        return done(untilRefresh(mapping));
    }

    private AliasReport suspended() {
        if (sight instanceof Sight.Clear clear) {
            clear.observation().mapping().ifPresentOrElse(this::observeSuspended, this::missSuspended);
        }
        if (sight instanceof Sight.NoConnection none) {
            serving(ConditionStatus.Unknown, none.problem());
        }
        if (sight instanceof Sight.Unclear unclear) {
            serving(ConditionStatus.Unknown, unclear.problem());
        }
        status.stopClock();
        status.cancelRetirement();
        status.conditions().suspended(format("alias %s is observed but not changed while spec.suspend is true",
                subject.spec().alias()));
        return done(new Next.After(
                Pace.untilRefresh(subject.name().toString(), subject.spec().refreshInterval().value(), now)));
    }

    private AliasReport waiting(Problem problem) {
        status.stopClock();
        return waiting(problem, problem.pace());
    }

    private AliasReport waiting(Problem problem, Pace pace) {
        sight.endpoint().filter(endpoint -> !subject.isDeleting()).ifPresent(status::lapseUnlessOn);
        switch (sight) {
            case Sight.Elsewhere elsewhere -> status.disown(elsewhere.key().endpoint());
            case Sight.Clear clear -> clear.observation().mapping().ifPresentOrElse(this::observe,
                    () -> serving(ConditionStatus.False, problem));
            case Sight.NoConnection ignored -> serving(ConditionStatus.Unknown, problem);
            case Sight.Unclear ignored -> serving(ConditionStatus.Unknown, problem);
            case Sight.Unneeded ignored -> {
            }
            case Sight.Connecting ignored -> {
            }
        }
        if (problem.reason() == Reason.DropFailed && problem.isStalled()) {
            // Nothing was dropped, so nothing has to be mended, and other drops need not wait for this one.
            status.remember(List.of());
        }
        handleLook();
        boolean news = status.say(problem, subject.isDeleting());
        // A rollback was told with its cause when it was made.
        if (news && problem.reason() != Reason.RolledBack) {
            announcements.add(Announcement.warning(problem.reason(), problem.message()));
        }
        return done(new Next.After(
                pace.untilNextLook(status.conditions().since(ConditionType.Ready), now, chance)));
    }

    /** A switch waits for its gates, or for somebody's approval. */
    private AliasReport checking(Decision.Check check) {
        status.check(check.candidate(), check.id(), check.gates(), check.counting());
        AliasReport report = waiting(check.problem(), check.problem().pace());
        if (!check.counting() || check.problem().isStalled() || !(report.next() instanceof Next.After after)) {
            return report;
        }
        Duration left = Deadline.left(subject.with(report.status()), check.id(), now).plus(A_MOMENT);
        return new AliasReport(report.status(), report.announcements(), new Next.After(shorter(left, after.delay())));
    }

    private AliasReport loading(Decision.Load load, String failure) {
        return checking(new Decision.Check(load.candidate().name(), load.candidate().id(), load.gates(),
                new Problem(Reason.CollectionNotLoaded,
                        format("%s is being loaded before alias %s is switched to it%s", load.candidate().name(),
                                subject.spec().alias(), failure)),
                true));
    }

    private AliasReport taken(Decision.Take take, Outcome outcome) {
        take.request().ifPresent(this::handle);
        boolean toConfirm = outcome instanceof Outcome.Found found && found.toConfirm();
        return moved(take.at(), take.cause(), Move.found(take.requestedBy(), toConfirm));
    }

    private AliasReport switched(Decision.Switch change, Outcome.Done outcome) {
        change.request().ifPresent(this::handle);
        return moved(change.to(), change.cause(),
                new Move(outcome.took(), outcome.toConfirm(), change.requestedBy(), change.gates()));
    }

    private AliasReport watching(Decision.Watch watch) {
        status.watch(watch.gates(), watch.failures());
        verifying(mapping());
        return done(new Next.After(Verifier.pause(subject)));
    }

    private void verifying(CollectionState mapping) {
        handleLook();
        observe(mapping);
        status.conditions().reconciling(Reason.Verifying,
                format("alias %s points at %s, which is being verified", subject.spec().alias(), mapping.name()));
    }

    private AliasReport verified() {
        status.endVerification();
        status.retirePrevious();
        return done(new Next.LookAgain());
    }

    private AliasReport keptUnverified(Decision.KeepUnverified keep) {
        status.reject(Reason.VerifyFailed, keep.why());
        return done(new Next.LookAgain());
    }

    private AliasReport goingBack(Decision.GoBack back) {
        back.request().ifPresent(this::handle);
        status.goBack(back.to(), back.requestedBy(), back.why());
        status.conditions().reconciling(Reason.GatesPending, format("alias %s is about to go back to %s: %s",
                subject.spec().alias(), back.to().name(), back.why()));
        return done(new Next.LookAgain());
    }

    private AliasReport staying(Decision.StayThere stay) {
        status.stayThere();
        announcements.add(Announcement.warning(Reason.RequestIgnored, "no rollback: " + stay.why()));
        return done(new Next.LookAgain());
    }

    private AliasReport aborted(Request request) {
        handle(request);
        String why = format("%s was given up, as was asked", subject.spec().collection());
        status.reject(Reason.Aborted, why);
        return done(new Next.LookAgain());
    }

    private AliasReport retrying(Request request) {
        handle(request);
        status.retry();
        return done(new Next.LookAgain());
    }

    private AliasReport refused(Decision.Refuse refuse) {
        handle(refuse.request());
        announcements.add(Announcement.warning(Reason.RequestIgnored,
                format("%s is ignored: %s", refuse.request(), refuse.why())));
        return done(new Next.LookAgain());
    }

    private void handle(Request request) {
        status.handle(request.kind().key(), request.value());
    }

    private AliasReport claimed(CollectionState target) {
        status.own(key().endpoint());
        status.claim(target);
        status.conditions().reconciling(Reason.GatesPending,
                format("alias %s is about to be created at %s", subject.spec().alias(), target.name()));
        return done(new Next.Proceed());
    }

    private AliasReport counted(Decision.CountRetiring count) {
        status.replace(count.retiring(), count.rows(), count.retiring().at());
        return done(new Next.LookAgain());
    }

    private AliasReport retired(Decision.Release release) {
        status.forget(release.retiring());
        announcements.add(Announcement.normal(Reason.Retired,
                format("released %s from memory", release.retiring().collection())));
        return done(new Next.LookAgain());
    }

    /** The alias is where it should be all the same. */
    private AliasReport notReleased(Decision.Release release, Problem problem) {
        if (problem.isStalled()) {
            status.forget(release.retiring());
        } else {
            status.replace(release.retiring(), release.retiring().rows(), now.plus(RETIRED_LATER));
        }
        announcements.add(Announcement.warning(problem.reason(), format("%s could not be released from memory: %s",
                release.retiring().collection(), problem.message())));
        return done(new Next.LookAgain());
    }

    private AliasReport keptLoaded(Decision.KeepLoaded keep) {
        status.forget(keep.retiring());
        keep.why().ifPresent(why -> announcements.add(Announcement.normal(Reason.Retired,
                format("%s stays in memory: %s", keep.retiring().collection(), why))));
        return done(new Next.LookAgain());
    }

    private AliasReport confirmed() {
        status.confirm();
        return done(new Next.Proceed());
    }

    private AliasReport moved(CollectionState to, Cause cause, Move move) {
        String from = subject.status().active() == null ? null : subject.status().active().collection();
        status.own(key().endpoint());
        status.activate(to, cause, move);
        announcements.add(Announcements.of(subject, from, to.name(), cause));
        if (cause == Cause.RolledBack) {
            status.cancelRetirement();
            rolledBack(from, to);
        }
        if (cause == Cause.External && to.name().equals(subject.spec().collection())) {
            status.accept();
        }
        if (!to.name().equals(subject.spec().collection())) {
            status.conditions().reconciling(Reason.GatesPending,
                    format("alias %s points at %s, and %s is looked at",
                            subject.spec().alias(), to.name(), subject.spec().collection()));
            return done(new Next.LookAgain());
        }
        if (CutoverState.isRejected(subject.spec(), status.build())) {
            // It was moved back to what had failed its verification, which goes on being said.
            return done(new Next.LookAgain());
        }
        if (cause == Cause.SpecChanged && from != null && subject.spec().cutover().verify() != null) {
            status.verify(subject.spec().cutover().verify().duration().value());
            verifying(to);
            return done(unlessAsked(new Next.After(Verifier.pause(subject))));
        }
        if (cause == Cause.SpecChanged) {
            status.retirePrevious();
        }
        ready(to);
        return done(unlessAsked(untilRefresh(to)));
    }

    /** What was asked for while the alias was elsewhere could not be decided before. */
    private Next unlessAsked(Next next) {
        Subject after = subject.with(status.build());
        return after.hasPendingRequest() || PreviewPlanner.isBehind(after)
                || RetirementPlanner.due(after, now).isPresent()
                        ? new Next.LookAgain()
                        : next;
    }

    /** What was gone back from is not switched to again by itself, though the spec may still name it. */
    private void rolledBack(String from, CollectionState to) {
        var rollback = subject.status().rollback();
        status.stayThere();
        if (to.name().equals(subject.spec().collection())) {
            status.accept();
            return;
        }
        boolean unverified = rollback.requestedBy().equals(Verifier.REQUESTED_BY);
        status.reject(unverified ? Reason.VerifyFailed : Reason.RolledBack,
                format("rolled back from %s to %s: %s", from, to.name(), rollback.why()));
    }

    private AliasReport previewed(String alias, String collection) {
        status.preview(alias, collection);
        return done(new Next.LookAgain());
    }

    private AliasReport previewDropped(Outcome outcome) {
        if (outcome instanceof Outcome.NeighboursFound found) {
            status.remember(found.neighbours());
            return done(new Next.LookAgain());
        }
        status.remember(List.of());
        return previewForgotten();
    }

    /**
     * While the object is being deleted the pass ends here: the SDK takes the finalizer away by a patch from what the pass
     * began with, which the API server refuses where the status has lost a field since.
     */
    private AliasReport previewForgotten() {
        status.noPreview();
        return done(subject.isDeleting() ? new Next.After(UNTIL_THE_CACHE_KNOWS) : new Next.LookAgain());
    }

    private AliasReport dropped(Outcome outcome) {
        if (outcome instanceof Outcome.NeighboursFound found) {
            status.remember(found.neighbours());
            return done(new Next.LookAgain());
        }
        return unchanged(new Next.ReleaseFinalizer());
    }

    private AliasReport released(Decision.Leave leave) {
        return new AliasReport(subject.status(), List.of(Announcement.normal(leave.reason(), leave.why())),
                new Next.ReleaseFinalizer());
    }

    private AliasReport done(Next next) {
        Next soonEnough = next instanceof Next.After after
                ? new Next.After(
                        status.untilConfirmed().map(left -> shorter(left, after.delay())).orElse(after.delay()))
                : next;
        return new AliasReport(status.build(), List.copyOf(announcements), soonEnough);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private void ready(CollectionState mapping) {
        handleLook();
        if (status.untilConfirmed().isPresent()) {
            status.conditions().reconciling(Reason.Verifying,
                    format("alias %s points at %s; the server may answer some searches from the collection before "
                            + "until the switch is sent once more, in a moment", subject.spec().alias(),
                            mapping.name()));
        } else {
            status.conditions().ready(Reason.InSync,
                    format("alias %s points at %s", subject.spec().alias(), mapping.name()));
        }
        inSync();
        serving(mapping);
    }

    private void handleLook() {
        subject.requests().lookHandled().ifPresent(look -> status.handle(look.getKey(), look.getValue()));
    }

    /** The alias exists, but is not where the spec wants it. */
    private void observe(CollectionState mapping) {
        serving(mapping);
        if (status.isAt(mapping)) {
            status.follow(mapping);
            inSync();
        }
    }

    /** Nothing is corrected, but what happens in the meantime is seen. */
    private void observeSuspended(CollectionState mapping) {
        observe(mapping);
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

    private void inSync() {
        status.conditions().set(ConditionType.InSync, ConditionStatus.True, Reason.InSync,
                "nobody else has moved the alias");
    }

    private void serving(CollectionState mapping) {
        if (mapping.loaded()) {
            status.conditions().set(ConditionType.Serving, ConditionStatus.True, Reason.InSync,
                    format("%s is loaded", mapping.name()));
        } else {
            status.conditions().set(ConditionType.Serving, ConditionStatus.False, Reason.CollectionNotLoaded,
                    format("%s is not loaded, so that searches fail", mapping.name()));
        }
    }

    private void serving(ConditionStatus value, Problem problem) {
        status.conditions().set(ConditionType.Serving, value, problem.reason(), problem.message());
    }

    private Next untilRefresh(CollectionState mapping) {
        Duration refresh = Pace.untilRefresh(key().endpoint() + '/' + key().database() + '/' + mapping.name(),
                subject.spec().refreshInterval().value(), now);
        // An outage should not be shown for longer than it lasts.
        Duration untilLoaded = Pace.STALLED.untilNextLook(status.conditions().since(ConditionType.Serving), now,
                chance);
        Duration soonest = mapping.loaded() ? refresh : shorter(untilLoaded, refresh);
        return new Next.After(RetirementPlanner.untilDue(subject.with(status.build()), now)
                .map(due -> shorter(due, soonest)).orElse(soonest));
    }

    private AliasKey key() {
        return ((Sight.Clear) sight).key();
    }

    private CollectionState mapping() {
        return ((Sight.Clear) sight).observation().mapping().orElseThrow();
    }

    private static Outcome.Done done(Outcome outcome) {
        return (Outcome.Done) outcome;
    }
}
