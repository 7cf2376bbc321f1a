package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.ConfirmationPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.DeletionPlanner;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.CutoverState;

/** Reports of what sees to it that all searches follow a switch. */
final class ConfirmationReporter {

    private final ReportDraft draft;
    private final Subject subject;
    private final StatusDraft status;

    ConfirmationReporter(ReportDraft draft) {
        this.draft = draft;
        this.subject = draft.subject();
        this.status = draft.status();
    }

    AliasReport doubting() {
        status.doubt();
        return draft.done(new Next.Proceed());
    }

    AliasReport marking(Decision.Mark mark) {
        status.switchMarks().add(mark.mark());
        return draft.done(new Next.Proceed());
    }

    AliasReport confirmed(Decision.Confirm confirm, Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotYet soon -> draft.unchanged(new Next.After(soon.left()));
            case Outcome.Unconfirmed not -> unconfirmed(confirm, not);
            default -> confirmed();
        };
    }

    /** Where nothing else is under way, this is what {@code Ready} waited for. */
    private AliasReport confirmed() {
        status.switchMarks().stampAll();
        status.confirm();
        CollectionState mapping = draft.mapping();
        boolean over = mapping.name().equals(subject.spec().collection())
                && CutoverState.of(subject.spec(), status.build()) == CutoverState.InSync
                && !Contest.isRecent(subject, draft.now());
        if (!over) {
            return draft.done(new Next.Proceed());
        }
        draft.ready(mapping);
        return draft.done(draft.unlessAsked(draft.untilRefresh(mapping)));
    }

    /** Whatever waited for it goes on. */
    private AliasReport unconfirmed(Decision.Confirm confirm, Outcome.Unconfirmed outcome) {
        boolean again = status.isConfirmationGivenUp();
        if (confirm.mark().isEmpty()) {
            status.switchMarks().stampAll();
        }
        String why = format("some searches through alias %s may go on being answered from the collection before: %s",
                subject.spec().alias(), outcome.why());
        status.giveUpConfirmation(why);
        if (!again && subject.spec().cutover().confirmation() == ConfirmationPolicy.Auto) {
            draft.announce(Announcement.warning(Reason.Unconfirmed, why));
        }
        return draft.done(new Next.ProceedUnconfirmed());
    }

    AliasReport unmarked(Decision.Unmark unmark, Outcome outcome) {
        return outcome instanceof Outcome.NotYet soon ? later(unmark, soon.left()) : forgotten(unmark);
    }

    private AliasReport forgotten(Decision.Unmark unmark) {
        status.switchMarks().remove(unmark.mark());
        return draft.forgotten();
    }

    /**
     * It is tried again a minute later, unless the server can't do it at all. An object that is being deleted waits for a server
     * that does not answer, as its drop has to, and for nothing else.
     */
    AliasReport notUnmarked(Decision.Unmark unmark, Problem problem) {
        boolean unreachable = problem.reason() == Reason.ConnectionFailed || problem.reason() == Reason.RateLimited;
        boolean waits = subject.isDeleting() && unreachable
                && !DeletionPlanner.isInNoNeedOfMilvus(subject, draft.sight());
        if (waits) {
            return draft.waiting(problem);
        }
        if (subject.isDeleting() || problem.isStalled()) {
            draft.announce(Announcement.warning(problem.reason(),
                    format("property %s, which confirmed a switch, could not be taken off collection %s: %s",
                            unmark.mark().key(), unmark.mark().collection(), problem.message())));
        }
        if (subject.isDeleting() || problem.reason() == Reason.UnsupportedServer) {
            return forgotten(unmark);
        }
        status.switchMarks().stamp(unmark.mark());
        return draft.done(new Next.LookAgain());
    }

    private AliasReport later(Decision.Unmark unmark, Duration left) {
        if (subject.isDeleting()) {
            return draft.unchanged(new Next.After(left));
        }
        status.switchMarks().stamp(unmark.mark());
        return draft.done(new Next.LookAgain());
    }
}
