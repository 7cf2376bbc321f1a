package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.PromotionMode;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ReplicasPolicy;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.seen.CollectionFacts;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.GateFacts;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Attempt;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Switches the alias to the candidate once its gates have passed. Where the spec wants an approval, the switch waits for
 * that, too. The principle of it all: a switch never makes serving worse than it is.
 */
public final class Promotion {

    /**
     * Somebody wants the switch.
     *
     * @param by      the requester, as the history tells it
     * @param request the annotation that the switch fulfils
     */
    private record Approval(String by, Optional<Request> request) {}

    private Promotion() {}

    /** The spec names another collection than the alias points at. */
    public static Optional<Step> rule(Situation situation) {
        return situation.mapping().name().equals(situation.spec().collection())
                ? Optional.empty()
                : Optional.of(switch (situation.milvus().target()) {
                    case Target.Missing ignored -> missing(situation);
                    case Target.AnAlias alias -> Readiness.blocked(situation,
                            Targets.isAnAlias(situation.subject(), alias));
                    case Target.Found found -> gated(situation, found.collection(), situation.milvus().mapping(),
                            gates -> promote(situation, found.collection(), gates));
                });
    }

    /** A new alias serves nobody yet. The gates that its spec asks for have to pass, and nothing is there to compare with. */
    public static Step create(Situation situation, CollectionState to) {
        return gated(situation, to, Optional.empty(),
                gates -> new Step.Call(Attempt.announce(situation, to), new Effect.Create(to, Cause.Created)));
    }

    /** @param mapping what the gates compare the candidate with */
    private static Step gated(Situation situation, CollectionState candidate, Optional<CollectionState> mapping,
            Function<List<GateResult>, Step> passed) {
        return situation.asking(new Need.Gates(candidate, mapping, false), facts -> {
            List<GateResult> gates = Gates.judge(situation.spec().cutover().gates(), facts);
            return Gates.allPassed(gates) ? passed.apply(gates) : hold(situation, candidate, facts, gates);
        });
    }

    private static Step missing(Situation situation) {
        Problem missing = Targets.missing(situation.subject());
        Problem problem = Deadline.isOver(situation.subject(), null, situation.now())
                ? Deadline.problem(situation.subject(), missing.message())
                : missing;
        return Candidates.hold(situation, null,
                Gates.missing(situation.spec().collection(), situation.spec().database()), problem, true);
    }

    private static Step promote(Situation situation, CollectionState to, List<GateResult> gates) {
        return approval(situation, to.name()).<Step>map(approval -> new Step.Call(Attempt.announce(situation, to),
                new Effect.Switch(to, Cause.SpecChanged, gates, approval.by(),
                        approval.request())))
                .orElseGet(() -> Candidates.hold(situation, to.id(), gates, new Problem(Reason.AwaitingPromotion,
                        format("%s passed its gates and waits for an approval: annotate %s=%s@%d, or set approvedCollection",
                                to.name(), Request.Kind.PROMOTE.annotation(), to.name(),
                                situation.subject().generation())),
                        false));
    }

    private static Optional<Approval> approval(Situation situation, String name) {
        Cutover.Promotion promotion = situation.spec().cutover().promotion();
        Optional<Request> request = situation.subject().pending(Request.Kind.PROMOTE)
                .filter(asked -> asked.subject().equals(Optional.of(name)));
        if (promotion.mode() == PromotionMode.Automatic) {
            return Optional.of(new Approval("spec", request));
        }
        if (request.isPresent()) {
            return Optional.of(new Approval(Request.Kind.PROMOTE.key(), request));
        }
        return promotion.approvedCollection().equals(name)
                ? Optional.of(new Approval("approvedCollection", request))
                : Optional.empty();
    }

    /** The operator was interrupted after a switch and before its report. It tells the switch as it would have. */
    public static Step resume(Situation situation) {
        Approval approval = approval(situation, situation.mapping().name())
                .orElseGet(() -> new Approval("spec", Optional.empty()));
        return Switching.found(situation, Cause.SpecChanged, approval.by(), approval.request());
    }

    /** Some gate has not passed. */
    private static Step hold(Situation situation, CollectionState candidate, GateFacts facts,
            List<GateResult> gates) {
        boolean failed = Gates.anyFailed(gates);
        boolean load = !failed && !Deadline.isOver(situation.subject(), candidate.id(), situation.now())
                && LoadedGate.isToBeLoaded(situation.spec().cutover().gates(), facts);
        return load
                ? load(situation, candidate, facts.baseline(), gates)
                : Candidates.hold(situation, candidate.id(), gates, problem(situation, candidate, gates), !failed);
    }

    private static Step load(Situation situation, CollectionState candidate, Optional<CollectionFacts> active,
            List<GateResult> gates) {
        Function<Replicas, Step> load = replicas -> new Step.Call(situation,
                new Effect.Load(candidate, replicas, gates));
        return active.map(facts -> facts.replicas().map(load)
                .orElseGet(() -> situation.asking(new Need.ReplicasOf(facts.state().name()), load)))
                .orElseGet(() -> load.apply(Replicas.NONE));
    }

    private static Problem problem(Situation situation, CollectionState candidate, List<GateResult> gates) {
        String message = format("%s is held back: %s", candidate.name(), Gates.obstacles(gates));
        if (Gates.anyFailed(gates)) {
            return new Problem(Reason.GatesFailed, message);
        }
        if (Deadline.isOver(situation.subject(), candidate.id(), situation.now())) {
            return Deadline.problem(situation.subject(), message);
        }
        return new Problem(Gates.onlyNotLoaded(gates) ? Reason.CollectionNotLoaded : Reason.GatesPending, message);
    }

    /**
     * Reacts once the operator has asked Milvus to load the candidate. The deadline's clock stands still if time can't
     * bring the load.
     */
    public static Step after(Situation situation, Effect.Load load, Outcome outcome) {
        String loading = format("%s is being loaded%s before alias %s is switched to it", load.candidate().name(),
                with(load.replicas()), situation.spec().alias());
        if (load.replicas() instanceof Replicas.Untold untold
                && situation.spec().cutover().gates().replicas() == ReplicasPolicy.AtLeastActive) {
            loading = format(
                    "%s, with one replica, since the server does not tell how many the active collection has: %s",
                    loading, untold.why());
        }
        Problem problem = outcome instanceof Outcome.Failed failed
                ? new Problem(failed.problem().isStalled() ? failed.problem().reason() : Reason.CollectionNotLoaded,
                        format("%s; loading it failed: %s", loading, failed.problem().message()))
                : new Problem(Reason.CollectionNotLoaded, loading);
        return Candidates.hold(situation, load.candidate().id(), load.gates(), problem, !problem.isStalled());
    }

    private static String with(Replicas replicas) {
        int number = replicas.groups().size();
        return number > 1 ? format(" with %d replicas", number) : "";
    }
}
