package dev.collectionalias.plan.step;

import static java.lang.String.format;

import java.util.Objects;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.seen.CollectionState;

/**
 * Tells this operator's own change of an alias from somebody else's. The status announces a change before the call. The
 * operator may be killed in between, or the answer be lost. Then the next pass finds the call done, although the spec may
 * name another collection by then.
 */
public final class Attempt {

    private Attempt() {}

    /** Whether this operator is about to point the alias there, or may have done so, whatever the spec says by now. */
    public static boolean isAnnounced(CollectionAliasStatus status, CollectionState at) {
        Candidate candidate = status.candidate();
        return candidate != null && Boolean.TRUE.equals(candidate.announced())
                && at.is(candidate.collection(), candidate.id());
    }

    /** The intent to point the alias there, which the pass writes before the call. */
    public static Situation announce(Situation situation, CollectionState to) {
        Situation owned = Memory.own(situation, situation.key().endpoint());
        if (isAnnounced(owned.status(), to)) {
            return owned;
        }
        Situation announced = owned.remember(status -> status.withCandidate(announced(situation, to)));
        return situation.milvus().mapping().isPresent()
                ? announced
                : announced.judging(conditions -> conditions.reconciling(Reason.GatesPending,
                        format("alias %s is about to be created at %s", situation.spec().alias(), to.name())));
    }

    private static Candidate announced(Situation situation, CollectionState to) {
        Candidate candidate = situation.status().candidate();
        boolean same = candidate != null && candidate.collection().equals(to.name())
                && Objects.equals(candidate.id(), to.id());
        return same
                ? candidate.withAnnounced(true)
                : new Candidate(to.name(), to.id(), situation.second(), null, null, null, true, null);
    }
}
