package dev.collectionalias.status;

import static java.lang.String.format;

import java.util.List;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;

/** Reports of the preview alias. */
final class PreviewReporter {

    private final ReportDraft draft;
    private final Subject subject;
    private final StatusDraft status;

    PreviewReporter(ReportDraft draft) {
        this.draft = draft;
        this.subject = draft.subject();
        this.status = draft.status();
    }

    AliasReport claimed(String alias) {
        status.claimPreview(alias);
        return draft.done(new Next.LookAgain());
    }

    AliasReport moved(Decision.PointPreview point, Outcome outcome) {
        status.movePreview(point.alias(), point.to(), Move.isToConfirm(outcome));
        return draft.done(new Next.LookAgain());
    }

    /** An application looks through it now and then; that it may see the collection before is told once. */
    AliasReport confirmed(Decision.ConfirmPreview confirm, Outcome outcome) {
        if (outcome instanceof Outcome.NotYet soon) {
            return draft.unchanged(new Next.After(soon.left()));
        }
        confirm.mark().ifPresent(status.switchMarks()::stamp);
        status.confirmPreview();
        if (outcome instanceof Outcome.Unconfirmed not) {
            draft.announce(Announcement.warning(Reason.Unconfirmed,
                    format("some searches through preview alias %s may go on being answered from the collection before: %s",
                            confirm.at().alias(), not.why())));
        }
        return draft.done(new Next.Proceed());
    }

    AliasReport previewDropped(Outcome outcome) {
        if (outcome instanceof Outcome.NeighboursFound found) {
            status.remember(found.neighbours());
            return draft.done(new Next.LookAgain());
        }
        status.remember(List.of());
        return previewForgotten();
    }

    /** A server that can never drop it must not keep the object, nor its cutovers, for ever. */
    AliasReport leftBehind(Problem problem) {
        status.remember(List.of());
        draft.announce(Announcement.warning(problem.reason(), format("preview alias %s is left in Milvus: %s",
                subject.status().preview().alias(), problem.message())));
        return previewForgotten();
    }

    AliasReport previewForgotten() {
        status.noPreview();
        return draft.forgotten();
    }
}
