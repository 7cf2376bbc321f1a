package dev.collectionalias.cli;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rejected;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.PromotionMode;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.Request;

/** The wish that the operator switches to the candidate: an approval. */
record CandidateApproval(String candidate) implements Wish {

    static CandidateApproval of(Look seen) {
        Wish.requireAttention(seen);
        String wanted = seen.spec().collection();
        Candidate candidate = seen.status().candidate();
        if (wanted.equals(seen.active())) {
            throw new Failure(format("nothing waits for an approval: alias %s points at %s already",
                    seen.spec().alias(), wanted));
        }
        Rejected rejected = seen.status().rejected();
        if (rejected != null && rejected.collection().equals(wanted)) {
            throw new Failure(format("%s was given up (%s); ask for a retry first", wanted, rejected.reason()));
        }
        if (seen.active() == null || candidate == null || !candidate.collection().equals(wanted)) {
            throw new Failure(format("nothing waits for an approval: %s", seen.summary()));
        }
        Cutover.Promotion promotion = seen.spec().cutover().promotion();
        if (promotion.mode() == PromotionMode.Automatic || promotion.approvedCollection().equals(wanted)) {
            throw new Failure(format("%s needs no approval by you; %s", wanted, seen.summary()));
        }
        if (candidate.gates().stream().anyMatch(gate -> gate.verdict() == Verdict.Failed)) {
            throw new Failure(format("an approval does not help %s; %s", wanted, seen.summary()));
        }
        return new CandidateApproval(wanted);
    }

    @Override
    public Request.Kind kind() {
        return Request.Kind.PROMOTE;
    }

    @Override
    public Optional<String> subject() {
        return Optional.of(candidate);
    }

    @Override
    public RequestProgress result(Look now) {
        if (!candidate.equals(now.active())) {
            return new RequestProgress.Ignored(now.summary());
        }
        if (now.isReadyFor(Reason.Verifying)) {
            return new RequestProgress.Happened(Wish.pointing(now) + " and is being verified");
        }
        return now.is(ConditionType.Ready)
                ? new RequestProgress.Happened(Wish.pointing(now))
                : new RequestProgress.Waiting(now.summary());
    }
}
