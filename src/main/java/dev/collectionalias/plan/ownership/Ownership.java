package dev.collectionalias.plan.ownership;

import static java.lang.String.format;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.AdoptionPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Contest;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.cutover.Promotion;
import dev.collectionalias.plan.cutover.Rejection;
import dev.collectionalias.plan.cutover.Rollbacks;
import dev.collectionalias.plan.cutover.Switching;
import dev.collectionalias.plan.cutover.Targets;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.step.Attempt;
import dev.collectionalias.plan.step.Memory;
import dev.collectionalias.plan.step.Moves;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Rules about who has the alias. The operator never takes an alias by surprise that another object or somebody else has. */
public final class Ownership {

    private Ownership() {}

    /** Another object has the alias, or goes first. */
    public static Step conflict(Situation situation, Sight.Elsewhere elsewhere) {
        Standing.Behind standing = elsewhere.standing();
        return Readiness.blocked(situation, new Problem(Reason.Conflict, format(standing.owner()
                ? "alias %s is held by CollectionAlias %s; delete one of the two"
                : "alias %s is claimed by CollectionAlias %s too, which is older; delete one of the two",
                situation.spec().alias(), standing.first())));
    }

    /** The owner is being deleted, and this object is next in line. */
    public static Optional<Step> takesOver(Situation situation) {
        boolean successor = situation.standing() instanceof Standing.Successor;
        return successor && situation.milvus().mapping().isPresent()
                ? Optional.of(found(situation, Cause.HandedOver).keep())
                : Optional.empty();
    }

    /** Nobody has such an alias. */
    public static Optional<Step> creates(Situation situation) {
        return Optional.of(Targets.ifFound(situation, collection -> Promotion.create(situation, collection)));
    }

    /** The operator was about to create the alias for this object, and was interrupted before it could report that. */
    public static Optional<Step> finishesCreation(Situation situation) {
        CollectionState mapping = situation.mapping();
        boolean ours = isHeld(situation) && situation.status().active() == null
                && (isWanted(situation) || Attempt.isAnnounced(situation.status(), mapping));
        return ours
                ? Optional.of(Moves.moved(situation, mapping, Moves.Move.found(Cause.Created, false, "spec")).keep())
                : Optional.empty();
    }

    /** The alias was there before this object. */
    public static Optional<Step> adopts(Situation situation) {
        String alias = situation.spec().alias();
        String at = situation.mapping().name();
        boolean mayTake = isWanted(situation) || situation.spec().adoptionPolicy() == AdoptionPolicy.Adopt;
        return Optional.of(mayTake
                ? Moves.moved(situation, situation.mapping(), Moves.Move.found(Cause.Adopted, false, null)).keep()
                : Readiness.blocked(situation, new Problem(Reason.AliasExistsElsewhere,
                        format("alias %s exists already and points at %s; to take it over, set adoptionPolicy: Adopt, "
                                + "or set collection: %s first", alias, at, at))));
    }

    private static boolean isHeld(Situation situation) {
        return situation.standing() instanceof Standing.Owner;
    }

    private static boolean isWanted(Situation situation) {
        return situation.mapping().name().equals(situation.spec().collection());
    }

    /** The operator was about to move the alias, and was interrupted before it could report that. */
    public static Optional<Step> finishesMove(Situation situation) {
        if (Rollbacks.isTarget(situation.status(), situation.mapping())) {
            return Optional.of(Switching.found(situation, Cause.RolledBack,
                    situation.status().rollback().requestedBy(), Optional.empty()));
        }
        return Attempt.isAnnounced(situation.status(), situation.mapping())
                ? Optional.of(Promotion.resume(situation))
                : Optional.empty();
    }

    /** Somebody else moved the alias to where the spec wants it. */
    public static Optional<Step> accepts(Situation situation) {
        return isWanted(situation) && !CutoverState.isRejected(situation.spec(), situation.status())
                ? Optional.of(external(situation))
                : Optional.empty();
    }

    static Step external(Situation situation) {
        Situation moved = found(situation, Cause.External);
        return (isWanted(situation) ? Rejection.accept(moved) : moved).keep();
    }

    private static Situation found(Situation situation, Cause cause) {
        return Moves.moved(situation, situation.mapping(),
                Moves.Move.found(cause, situation.milvus().mayAnswerStale(), null));
    }

    /** The alias is where it should be, and the operator has nothing else to do. */
    public static Optional<Step> settles(Situation situation) {
        boolean awaited = Confirmation.isAwaited(situation.subject());
        if (!awaited && Contest.isRecent(situation.subject(), situation.now())) {
            return Optional.of(Readiness.blocked(situation, Drift.contested(situation,
                    format("somebody else moved alias %s away from %s again and again; it is there, and is not moved "
                            + "back once more", situation.spec().alias(), situation.mapping().name()))));
        }
        Situation held = Memory.forgetCandidate(
                Memory.own(Memory.follow(situation, situation.mapping()), situation.key().endpoint()));
        return Optional.of(Readiness.inSync(Drift.forgetOldCorrections(held), awaited));
    }
}
