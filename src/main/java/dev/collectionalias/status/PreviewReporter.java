package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.util.List;

import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;

/** Reports of the preview alias. */
final class PreviewReporter {

    private static final Duration UNTIL_THE_CACHE_KNOWS = Duration.ofMillis(100);

    private final ReportDraft draft;
    private final Subject subject;
    private final StatusDraft status;

    PreviewReporter(ReportDraft draft) {
        this.draft = draft;
        this.subject = draft.subject();
        this.status = draft.status();
    }

    AliasReport previewed(String alias, String collection) {
        status.preview(alias, collection);
        return draft.done(new Next.LookAgain());
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

    /**
     * While the object is being deleted the pass ends here: the SDK takes the finalizer away by a patch from what the pass
     * began with, which the API server refuses where the status has lost a field since.
     */
    AliasReport previewForgotten() {
        status.noPreview();
        return draft.done(subject.isDeleting() ? new Next.After(UNTIL_THE_CACHE_KNOWS) : new Next.LookAgain());
    }
}
