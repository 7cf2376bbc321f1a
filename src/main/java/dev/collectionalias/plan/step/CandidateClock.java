package dev.collectionalias.plan.step;

import java.time.Duration;
import java.time.Instant;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.KubernetesDuration;

/** The clock of the progress deadline, in {@code status.candidate}. It runs only while the operator waits for gates. */
public final class CandidateClock {

    private CandidateClock() {}

    /** How long the operator has waited for the gates of a candidate, all in all. */
    public static Duration waited(Candidate candidate, Instant now) {
        Duration before = candidate.checkedFor() == null ? Duration.ZERO : candidate.checkedFor().value();
        // Never negative, even if somebody put the clock back.
        return candidate.checkingSince() == null || now.isBefore(candidate.checkingSince())
                ? before
                : before.plus(Duration.between(candidate.checkingSince(), now));
    }

    /** Something else than the gates is in the way. */
    static Situation stop(Situation situation) {
        Candidate candidate = situation.status().candidate();
        return candidate == null || candidate.checkingSince() == null
                ? situation
                : situation.remember(status -> status.withCandidate(candidate.withCheckingSince(null)
                        .withCheckedFor(new KubernetesDuration(waited(candidate, situation.second())))));
    }
}
