package dev.collectionalias.plan.cutover;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.KubernetesDuration;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.step.CandidateClock;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Remembers the answers of a candidate's gates, and how long the operator has waited for them. */
final class Candidates {

    private Candidates() {}

    /**
     * A switch waits for its gates, or for somebody's approval.
     *
     * @param id       the candidate's id; null if there is no such collection
     * @param counting whether the progress deadline's clock runs meanwhile
     */
    static Step hold(Situation situation, String id, List<GateResult> gates, Problem problem, boolean counting) {
        Situation held = situation.remember(status -> status
                .withCandidate(candidate(situation, id, gates, counting)).withVerification(null));
        Step.Rest rest = Readiness.held(held, problem, gates);
        return counting && !problem.isStalled()
                ? rest.noLongerThan(
                        Deadline.left(rest.situation().subject(), id, situation.now()).plus(Situation.PRECISION))
                : rest;
    }

    private static Candidate candidate(Situation situation, String id, List<GateResult> gates, boolean counting) {
        String collection = situation.spec().collection();
        Candidate before = situation.status().candidate();
        boolean same = Deadline.isSame(situation.subject(), id);
        Instant now = situation.second();
        Instant since = same ? before.checkingSince() : null;
        KubernetesDuration waited = same ? before.checkedFor() : null;
        if (counting) {
            since = since == null ? now : since;
        } else if (since != null) {
            waited = new KubernetesDuration(CandidateClock.waited(before, now));
            since = null;
        }
        boolean known = before != null && before.collection().equals(collection) && Objects.equals(before.id(), id);
        return new Candidate(collection, id, known ? before.since() : now, since, waited, gates, null, null);
    }
}
