package dev.collectionalias.plan.proof;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Proof;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Verification;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.ProofPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.TimeLeft;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Proves a switch: asks through the alias for a row that tells the new collection from the old one. A switch leaves an open
 * proof in the status ({@code Moves}). Nothing waits for it. If the old collection answers, the operator confirms the switch
 * again, and asks until it answers no more.
 */
public final class Proofs {

    /** How long the operator tries to ask a server that gives no clear answer. A stale answer has no such bound. */
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private Proofs() {}

    /** Whether the operator is yet to prove the last switch. Until then the old collection may still have to answer. */
    public static boolean isOpen(Subject subject) {
        Active active = subject.status().active();
        return active != null && active.proof() != null && active.proof().awaitsAnswers();
    }

    /** Asks when the pass has nothing else to do. So the status says that the alias is ready before the question. */
    public static Optional<Step> atRest(Situation situation) {
        return isVerifying(situation) ? Optional.empty() : next(situation);
    }

    /** Asks before the verification asks its gates: the rules would take their answers for new ones after the question. */
    public static Optional<Step> whileVerifying(Situation situation) {
        return isVerifying(situation) ? next(situation) : Optional.empty();
    }

    /** Whether the verification asks its gates in each pass. It does not right after a switch. */
    private static boolean isVerifying(Situation situation) {
        Verification verification = situation.status().verification();
        Instant since = situation.status().active().since();
        return verification != null && verification.askedAt() != null
                && (since == null || !verification.askedAt().isBefore(since));
    }

    private static Optional<Step> next(Situation situation) {
        if (!isOpen(situation.subject()) || Confirmation.isAwaited(situation.subject())) {
            return Optional.empty();
        }
        if (situation.spec().cutover().proof() == ProofPolicy.Never) {
            return Optional.of(Confirmation.notStale(remember(situation, null)).keep());
        }
        boolean stale = Confirmation.isStale(situation.status().active());
        return (stale ? Confirmation.again(situation) : Optional.<Step>empty()).or(() -> ask(situation));
    }

    private static Optional<Step> ask(Situation situation) {
        Proof proof = situation.status().active().proof();
        return untilAsked(situation).isPositive()
                ? Optional.empty()
                : situation.askingMaybe(
                        new Need.Proof(situation.mapping(), proof.against(), Optional.ofNullable(proof.at())),
                        answer -> judge(situation, proof, answer));
    }

    private static Optional<Step> judge(Situation situation, Proof before, AliasProof answer) {
        return switch (answer) {
            case AliasProof.Asked asked -> Optional.of(asked(situation, before, asked));
            case AliasProof.NoWitness none -> Optional.of(unproved(situation, before, none.why()));
            case AliasProof.Unanswered none -> before.hasStaleAnswers() || !isPatienceOver(situation)
                    ? Optional.empty()
                    : Optional.of(unproved(situation, before, none.why()));
        };
    }

    private static Step asked(Situation situation, Proof before, AliasProof.Asked asked) {
        Situation known = remember(situation, new Proof(before.against(), asked.witness(), asked.asked(),
                asked.answered(), asked.stale(), situation.second(), null));
        if (asked.stale() == 0) {
            return Confirmation.notStale(known).keep();
        }
        return Confirmation.anew(before.hasStaleAnswers()
                ? known
                : known.tell(Announcement.warning(Reason.StaleAnswers, Confirmation.staleAnswers(known))));
    }

    private static Step unproved(Situation situation, Proof before, String why) {
        return Confirmation.notStale(
                remember(situation, new Proof(before.against(), null, 0, 0, 0, situation.second(), why))).keep();
    }

    private static Situation remember(Situation situation, Proof proof) {
        return situation.remember(status -> status.withActive(status.active().withProof(proof)));
    }

    private static boolean isPatienceOver(Situation situation) {
        Instant since = situation.status().active().since();
        return since == null || TimeLeft.isOver(PATIENCE, since, situation.now());
    }

    /** How long the operator leaves a stale answer alone before it asks again. */
    private static Duration untilAsked(Situation situation) {
        Proof proof = situation.status().active().proof();
        if (!proof.hasStaleAnswers()) {
            return Duration.ZERO;
        }
        Duration pause = Pace.STALLED.untilNextLook(situation.conditions().since(ConditionType.Confirmed), proof.at(),
                0);
        return TimeLeft.of(pause, proof.at(), situation.now());
    }

    /** A rest, but not for longer than until the operator has to ask. */
    public static Step.Rest inTime(Step.Rest rest) {
        Situation situation = rest.situation();
        if (!isOpen(situation.subject()) || Confirmation.isAwaited(situation.subject())) {
            return rest;
        }
        Duration left = untilAsked(situation);
        Instant since = Optional.ofNullable(situation.status().active().since()).orElse(situation.now());
        // It is time, and the server gave no clear answer a moment ago.
        return rest.noLongerThan(left.isPositive()
                ? left
                : Pace.TRANSIENT.untilNextLook(since, situation.now(), situation.chance()));
    }
}
