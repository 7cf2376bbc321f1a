package dev.collectionalias.status;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.Deadline;

/** The candidate of a status while it is decided: what is waited for, for how long, and whether it is about to be done. */
final class CandidateDraft {

    private final Subject subject;
    private final Instant now;
    private Candidate candidate;

    /** @param now in whole seconds */
    CandidateDraft(Subject subject, Instant now) {
        this.subject = subject;
        this.now = now;
        this.candidate = subject.status().candidate();
    }

    /** Null if there is none. */
    Candidate get() {
        return candidate;
    }

    void forget() {
        candidate = null;
    }

    /** What the spec does not name any more is no candidate, unless the alias is there already. */
    void forgetFormer(Optional<CollectionState> mapping) {
        boolean former = candidate != null && !candidate.collection().equals(subject.spec().collection());
        if (former && mapping.filter(at -> at.is(candidate.collection(), candidate.id())).isEmpty()) {
            candidate = null;
        }
    }

    /** The alias is about to be pointed there. */
    void announce(CollectionState target) {
        candidate = is(target.name(), target.id())
                ? new Candidate(candidate.collection(), candidate.id(), candidate.since(), candidate.checkingSince(),
                        candidate.checkedFor(), candidate.gates(), true)
                : new Candidate(target.name(), target.id(), now, null, null, null, true);
    }

    /** What the gates of a candidate say, and how long they have been waited for. */
    void check(String collection, String id, List<GateResult> gates, boolean counting) {
        boolean same = Deadline.isSame(subject, id);
        KubernetesDuration before = same ? candidate.checkedFor() : null;
        Instant since = same ? candidate.checkingSince() : null;
        if (counting) {
            since = since == null ? now : since;
        } else if (since != null) {
            before = new KubernetesDuration(Deadline.waited(candidate, now));
            since = null;
        }
        Instant first = is(collection, id) ? candidate.since() : now;
        candidate = new Candidate(collection, id, first, since, before, gates, null);
    }

    /** Whatever is in the way, it is not the gates. */
    void stopClock() {
        if (candidate != null && candidate.checkingSince() != null) {
            candidate = new Candidate(candidate.collection(), candidate.id(), candidate.since(), null,
                    new KubernetesDuration(Deadline.waited(candidate, now)), candidate.gates(), candidate.announced());
        }
    }

    private boolean is(String collection, String id) {
        return candidate != null && candidate.collection().equals(collection) && Objects.equals(candidate.id(), id);
    }
}
