package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.step.CandidateClock;

/**
 * How long the operator waits for gates. The clock is in {@code status.candidate}, and runs only while it waits. It
 * begins anew with a changed spec or another candidate.
 */
final class Deadline {

    private Deadline() {}

    /** @param candidateId null if there is no such collection */
    static boolean isOver(Subject subject, String candidateId, Instant now) {
        return left(subject, candidateId, now).isZero();
    }

    /** Never negative. */
    static Duration left(Subject subject, String candidateId, Instant now) {
        Candidate remembered = subject.status().candidate();
        Duration waited = isSame(subject, candidateId) ? CandidateClock.waited(remembered, now) : Duration.ZERO;
        Duration left = subject.spec().cutover().progressDeadline().value().minus(waited);
        return left.isNegative() ? Duration.ZERO : left;
    }

    /** Whether the clock of the remembered candidate goes on. */
    static boolean isSame(Subject subject, String candidateId) {
        Candidate remembered = subject.status().candidate();
        return remembered != null && remembered.collection().equals(subject.spec().collection())
                && Objects.equals(remembered.id(), candidateId)
                && Objects.equals(subject.status().observedGeneration(), subject.generation());
    }

    static Problem problem(Subject subject, String message) {
        KubernetesDuration deadline = subject.spec().cutover().progressDeadline();
        return new Problem(Reason.ProgressDeadlineExceeded, format("for more than %s: %s", deadline, message));
    }
}
