package dev.collectionalias.plan.cutover;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.CollectionIdentity;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.retirement.Retirement;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Moves;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Reacts once the operator has pointed the alias somewhere. */
public final class Switching {

    private Switching() {}

    public static Step after(Situation situation, Effect.Create create, Outcome.Done done) {
        return arrived(situation, create.to(), Moves.Move.made(create.cause(), done, "spec", List.of()))
                .keep();
    }

    public static Step after(Situation situation, Effect.Switch change, Outcome.Done done) {
        return arrived(handled(situation, change.request()), change.to(),
                Moves.Move.made(change.cause(), done, change.requestedBy(), change.gates())).keep();
    }

    /** Reacts to a switch that the operator finds done: it was interrupted before it could report that. */
    public static Step found(Situation situation, Cause cause, String requestedBy, Optional<Request> request) {
        return arrived(handled(situation, request), situation.mapping(),
                Moves.Move.found(cause, situation.milvus().mayAnswerStale(), requestedBy)).keep();
    }

    private static Situation handled(Situation situation, Optional<Request> request) {
        return request.map(situation::handled).orElse(situation);
    }

    private static Situation arrived(Situation situation, CollectionState to, Moves.Move move) {
        Active from = situation.status().active();
        Candidate candidate = situation.status().candidate();
        Situation moved = Moves.moved(situation, to, move);
        return switch (move.cause()) {
            case RolledBack ->
                Rollbacks.arrived(moved, new CollectionIdentity(from.collection(), from.id()), to);
            case SpecChanged -> from != null && to.name().equals(situation.spec().collection())
                    ? switched(moved, candidate == null ? null : candidate.rows())
                    : moved;
            case Created, Adopted, HandedOver, Repaired, Drift, External -> moved;
        };
    }

    /** A cutover is over once it is verified, where the spec wants that. */
    private static Situation switched(Situation situation, Long rows) {
        return situation.spec().cutover().verify() == null
                ? Retirement.begin(situation)
                : Verifier.begin(situation, rows);
    }
}
