package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.Deadline;
import dev.collectionalias.plan.cutover.Verifier;

/** Reports of a switch that waits, is watched, or is given up. */
final class CutoverReporter {

    /** Statuses have whole seconds only. */
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final ReportDraft draft;
    private final Subject subject;
    private final StatusDraft status;
    private final Instant now;

    CutoverReporter(ReportDraft draft) {
        this.draft = draft;
        this.subject = draft.subject();
        this.status = draft.status();
        this.now = draft.now();
    }

    /** A switch waits for its gates, or for somebody's approval. */
    AliasReport checking(Decision.Check check) {
        status.candidate().check(check.candidate(), check.id(), check.gates(), check.counting());
        status.endVerification();
        AliasReport report = draft.waiting(check.problem(), check.problem().pace());
        if (!check.counting() || check.problem().isStalled() || !(report.next() instanceof Next.After after)) {
            return report;
        }
        Duration left = Deadline.left(subject.with(report.status()), check.id(), now).plus(A_MOMENT);
        return new AliasReport(report.status(), report.announcements(),
                new Next.After(ReportDraft.shorter(left, after.delay())));
    }

    AliasReport loading(Decision.Load load) {
        return checking(load, new Problem(Reason.CollectionNotLoaded, isLoading(load)));
    }

    /** What time can't bring is said as what it is, and does not count as time in which it was not brought. */
    AliasReport notLoaded(Decision.Load load, Problem problem) {
        return checking(load, new Problem(problem.isStalled() ? problem.reason() : Reason.CollectionNotLoaded,
                format("%s; loading it failed: %s", isLoading(load), problem.message())));
    }

    private String isLoading(Decision.Load load) {
        return format("%s is being loaded before alias %s is switched to it", load.candidate().name(),
                subject.spec().alias());
    }

    private AliasReport checking(Decision.Load load, Problem problem) {
        return checking(new Decision.Check(load.candidate().name(), load.candidate().id(), load.gates(), problem,
                !problem.isStalled()));
    }

    AliasReport watching(Decision.Watch watch) {
        status.watch(watch.gates(), watch.failures());
        draft.verifying(draft.mapping());
        return draft.done(new Next.After(Verifier.pause(subject)));
    }

    AliasReport verified() {
        status.endVerification();
        status.retirePrevious();
        return draft.done(new Next.LookAgain());
    }

    AliasReport keptUnverified(Decision.KeepUnverified keep) {
        status.reject(Reason.VerifyFailed, keep.why());
        return draft.done(new Next.LookAgain());
    }

    AliasReport goingBack(Decision.GoBack back) {
        back.request().ifPresent(draft::handle);
        status.goBack(back.to(), back.requestedBy(), back.why());
        status.conditions().reconciling(Reason.GatesPending, format("alias %s is about to go back to %s: %s",
                subject.spec().alias(), back.to().name(), back.why()));
        return draft.done(new Next.LookAgain());
    }

    AliasReport staying(Decision.StayThere stay) {
        status.stayThere();
        draft.announce(Announcement.warning(Reason.RequestIgnored, "no rollback: " + stay.why()));
        return draft.done(new Next.LookAgain());
    }

    AliasReport aborted(Request request) {
        draft.handle(request);
        String why = format("%s was given up, as was asked", subject.spec().collection());
        status.reject(Reason.Aborted, why);
        return draft.done(new Next.LookAgain());
    }

    AliasReport retrying(Request request) {
        draft.handle(request);
        status.retry();
        return draft.done(new Next.LookAgain());
    }

    AliasReport refused(Decision.Refuse refuse) {
        draft.handle(refuse.request());
        draft.announce(Announcement.warning(Reason.RequestIgnored,
                format("%s is ignored: %s", refuse.request(), refuse.why())));
        return draft.done(new Next.LookAgain());
    }
}
