package dev.collectionalias.status;

import static java.lang.String.format;

import java.util.List;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.cutover.Verifier;

/** Reports that the alias was brought, or found, somewhere. */
final class MoveReporter {

    private final ReportDraft draft;
    private final Subject subject;
    private final StatusDraft status;

    MoveReporter(ReportDraft draft) {
        this.draft = draft;
        this.subject = draft.subject();
        this.status = draft.status();
    }

    AliasReport taken(Decision.Take take, Outcome outcome) {
        take.request().ifPresent(draft::handle);
        return moved(take.at(), take.cause(), Move.found(take.requestedBy(), Move.isToConfirm(outcome)));
    }

    AliasReport created(Decision.Create create, Outcome.Done outcome) {
        return moved(create.target(), create.cause(),
                new Move(outcome.took(), outcome.toConfirm(), "spec", List.of()));
    }

    AliasReport switched(Decision.Switch change, Outcome.Done outcome) {
        change.request().ifPresent(draft::handle);
        return moved(change.to(), change.cause(),
                new Move(outcome.took(), outcome.toConfirm(), change.requestedBy(), change.gates()));
    }

    AliasReport moved(CollectionState to, Cause cause, Move move) {
        String from = subject.status().active() == null ? null : subject.status().active().collection();
        status.own(draft.key().endpoint());
        status.activate(to, cause, move);
        draft.announce(Announcements.of(subject, from, to.name(), cause));
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
            return draft.done(new Next.LookAgain());
        }
        if (CutoverState.isRejected(subject.spec(), status.build())) {
            // It was moved back to what had failed its verification, which goes on being said.
            return draft.done(new Next.LookAgain());
        }
        if (cause == Cause.SpecChanged && from != null && subject.spec().cutover().verify() != null) {
            status.verify(subject.spec().cutover().verify().duration().value());
            draft.verifying(to);
            return draft.done(draft.unlessAsked(new Next.After(Verifier.pause(subject))));
        }
        if (status.isVerifying()) {
            draft.verifying(to);
            return draft.done(draft.unlessAsked(new Next.After(Verifier.pause(subject))));
        }
        if (cause == Cause.SpecChanged) {
            status.retirePrevious();
        }
        draft.ready(to);
        return draft.done(draft.unlessAsked(draft.untilRefresh(to)));
    }

    /** What was gone back from is not switched to again by itself, though the spec may still name it. */
    private void rolledBack(String from, CollectionState to) {
        var rollback = subject.status().rollback();
        if (to.name().equals(subject.spec().collection())) {
            status.stayThere();
            status.accept();
            return;
        }
        boolean unverified = rollback.requestedBy().equals(Verifier.REQUESTED_BY);
        status.reject(unverified ? Reason.VerifyFailed : Reason.RolledBack,
                format("rolled back from %s to %s: %s", from, to.name(), rollback.why()));
    }
}
