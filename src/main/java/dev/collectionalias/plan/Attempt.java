package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;

/**
 * Tells this operator's own change of an alias from somebody else's. It is announced in the status before the call: one whose
 * operator was killed, or whose answer was lost, is found done, and by then the spec may name another collection.
 */
public final class Attempt {

    private Attempt() {}

    /** The call that points the alias there, or its announcement where that is still to be written. */
    public static Decision announced(Subject subject, CollectionState to, Decision call) {
        return isAnnounced(subject, to) ? call : new Decision.Claim(to);
    }

    /** Whether this operator is about to point the alias there, or may have done so, whatever the spec says by now. */
    public static boolean isAnnounced(Subject subject, CollectionState at) {
        Candidate candidate = subject.status().candidate();
        return candidate != null && Boolean.TRUE.equals(candidate.announced())
                && at.is(candidate.collection(), candidate.id());
    }
}
