package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Problem;

/** Reports of a collection that the alias has left. */
final class RetirementReporter {

    /** Memory is not worth more haste. */
    private static final Duration RETIRED_LATER = Duration.ofMinutes(1);

    private final ReportDraft draft;
    private final StatusDraft status;
    private final Instant now;

    RetirementReporter(ReportDraft draft) {
        this.draft = draft;
        this.status = draft.status();
        this.now = draft.now();
    }

    AliasReport counted(Decision.CountRetiring count) {
        // Rows that are counted late have to stay unchanged for as long as those that were counted at once.
        Instant earliest = now.plus(draft.subject().spec().cutover().retirement().releaseAfter().value());
        Instant at = count.retiring().at();
        status.replace(count.retiring(), count.rows(), isLate(at) ? earliest : at);
        return draft.done(new Next.LookAgain());
    }

    private boolean isLate(Instant at) {
        return !now.isBefore(at);
    }

    AliasReport retired(Decision.Release release) {
        status.forget(release.retiring());
        draft.announce(Announcement.normal(Reason.Retired,
                format("released %s from memory", release.retiring().collection())));
        return draft.done(new Next.LookAgain());
    }

    /** The alias is where it should be all the same. */
    AliasReport notReleased(Decision.Release release, Problem problem) {
        if (problem.isStalled()) {
            status.forget(release.retiring());
        } else {
            status.replace(release.retiring(), release.retiring().rows(), now.plus(RETIRED_LATER));
        }
        draft.announce(Announcement.warning(problem.reason(), format("%s could not be released from memory: %s",
                release.retiring().collection(), problem.message())));
        return draft.done(new Next.LookAgain());
    }

    /** Told once, and looked at again and again. */
    void defer(Retiring retiring, Problem problem) {
        String why = format("%s could not be released from memory: %s", retiring.collection(), problem.message());
        if (!why.equals(retiring.message())) {
            draft.announce(Announcement.warning(problem.reason(), why));
        }
        status.defer(retiring, why);
    }

    AliasReport keptLoaded(Decision.KeepLoaded keep) {
        status.forget(keep.retiring());
        keep.why().ifPresent(why -> draft.announce(Announcement.normal(Reason.Retired,
                format("%s stays in memory: %s", keep.retiring().collection(), why))));
        return draft.done(new Next.LookAgain());
    }
}
