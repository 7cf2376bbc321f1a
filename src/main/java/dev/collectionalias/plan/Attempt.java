package dev.collectionalias.plan;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;

/**
 * Tells this operator's own change of an alias from somebody else's. It is announced in the status before the call: one whose
 * operator was killed, or whose answer was lost, is found done, and by then the spec may name another collection.
 */
public final class Attempt {

    private Attempt() {}

    /** Whether this operator is about to point the alias there, or may have done so, whatever the spec says by now. */
    public static boolean isAnnounced(Subject subject, CollectionState at) {
        Candidate candidate = subject.status().candidate();
        return candidate != null && Boolean.TRUE.equals(candidate.announced())
                && at.is(candidate.collection(), candidate.id());
    }
}
