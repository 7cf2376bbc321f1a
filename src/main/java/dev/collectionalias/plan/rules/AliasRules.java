package dev.collectionalias.plan.rules;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.confirmation.SwitchMarks;
import dev.collectionalias.plan.cutover.Promotion;
import dev.collectionalias.plan.cutover.Rejection;
import dev.collectionalias.plan.cutover.RequestRules;
import dev.collectionalias.plan.cutover.Rollbacks;
import dev.collectionalias.plan.cutover.Switching;
import dev.collectionalias.plan.cutover.Verifier;
import dev.collectionalias.plan.deletion.Deletion;
import dev.collectionalias.plan.ownership.Drift;
import dev.collectionalias.plan.ownership.Ownership;
import dev.collectionalias.plan.preview.PreviewAlias;
import dev.collectionalias.plan.proof.Proofs;
import dev.collectionalias.plan.retirement.Retirement;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.step.Conclusion;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Memory;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Decides what to do next with one object. The lists below have every rule, in the order in which the operator asks them.
 * The first one that has a step decides.
 */
public final class AliasRules {

    /** One rule; empty where it has nothing to say. */
    private interface Rule {
        Optional<Step> step(Situation situation);
    }

    /** The operator asks these wherever the alias is. A successor takes the alias even if it is suspended, since the owner goes. */
    private static final List<Rule> FIRST = List.of(
            Ownership::takesOver,
            AliasRules::suspends,
            SwitchMarks::due,
            RequestRules::anywhere);

    /** Milvus has no such alias. */
    private static final List<Rule> ABSENT = List.of(
            Ownership::creates);

    /** Milvus has no such alias, though this object holds it. */
    private static final List<Rule> LOST = List.of(
            Drift::restores,
            Ownership::creates);

    /** Milvus has the alias, and the status does not say that this object has put it anywhere. */
    private static final List<Rule> FOUND = List.of(
            Ownership::finishesCreation,
            Ownership::adopts);

    /** The alias is this object's, and not where its status says. */
    private static final List<Rule> AWAY = List.of(
            Ownership::finishesMove,
            Ownership::accepts,
            Drift::corrects);

    /**
     * The alias is this object's, and where its status says. First comes what makes searches right that may be stale now. Then come
     * people's requests, so that an abort or a rollback wins over a switch. A rollback and a verification end before the next switch
     * begins. A retirement comes last: it needs an alias that is settled. See {@link #atRest} for what nobody waits for.
     */
    private static final List<Rule> IN_PLACE = List.of(
            Confirmation::due,
            RequestRules::inPlace,
            Rollbacks::rule,
            Proofs::whileVerifying,
            Verifier::rule,
            PreviewAlias::rule,
            Rejection::rule,
            Promotion::rule,
            Retirement::rule,
            Ownership::settles);

    /** Far more than any situation needs. */
    private static final int MOST_KEPT = 32;

    private AliasRules() {}

    /** The next step that touches the world. A pure function: each situation has one. */
    public static Step.Outward next(Situation situation) {
        return outward(step(situation));
    }

    /** Asks the rules again on top of each new memory, until a step touches the world. */
    private static Step.Outward outward(Step first) {
        Step step = first;
        for (int kept = 0; kept < MOST_KEPT; kept++) {
            switch (step) {
                case Step.Keep keep -> step = step(keep.situation());
                case Step.Rest rest -> {
                    return inTime(rest);
                }
                case Step.Outward outward -> {
                    return outward;
                }
            }
        }
        throw new IllegalStateException("the rules come to no end: " + step);
    }

    private static Step step(Situation situation) {
        return situation.subject().isDeleting() ? Deletion.step(situation) : living(Memory.current(situation));
    }

    private static Step living(Situation situation) {
        return switch (situation.sight()) {
            case Sight.Unneeded ignored -> Readiness.untilAnEvent(situation);
            case Sight.KindLeaving ignored -> Readiness.untilAnEvent(situation);
            case Sight.Connecting ignored -> Readiness.untilAnEvent(situation);
            case Sight.NoConnection none -> unseen(situation, none.problem());
            case Sight.NotAllowed not -> unseen(situation, not.problem());
            case Sight.Unclear unclear -> unseen(situation, unclear.problem());
            case Sight.Elsewhere elsewhere ->
                SwitchMarks.due(situation).orElseGet(() -> Ownership.conflict(situation, elsewhere));
            case Sight.Clear clear -> first(FIRST, situation).orElseGet(() -> where(situation, clear));
        };
    }

    private static Step where(Situation situation, Sight.Clear clear) {
        boolean owner = clear.standing() instanceof Standing.Owner;
        if (clear.observation().mapping().isEmpty()) {
            return first(owner ? LOST : ABSENT, situation).orElseThrow();
        }
        if (!owner || situation.status().active() == null) {
            return first(FOUND, situation).orElseThrow();
        }
        if (!Memory.isAt(situation.status(), situation.mapping())) {
            return first(AWAY, situation).orElseThrow();
        }
        Step step = first(IN_PLACE, situation).orElseThrow();
        return step instanceof Step.Rest rest ? atRest(situation, rest) : step;
    }

    /** Nothing waits for these: the pass has come to its conclusion. */
    private static Step atRest(Situation situation, Step.Rest rest) {
        boolean watched = rest.conclusion() instanceof Conclusion.Verifying;
        Optional<Step> again = watched ? Optional.empty() : Confirmation.again(situation);
        return again.or(() -> Proofs.atRest(rest.situation())).orElseGet(() -> Proofs.inTime(rest));
    }

    private static Optional<Step> first(List<Rule> rules, Situation situation) {
        return rules.stream().map(rule -> rule.step(situation)).flatMap(Optional::stream).findFirst();
    }

    /** A user who suspended the object does not want to hear that nothing can be done. */
    private static Step unseen(Situation situation, Problem problem) {
        return suspends(situation).orElseGet(() -> Readiness.blocked(situation, problem));
    }

    private static Optional<Step> suspends(Situation situation) {
        return situation.subject().isSuspended() ? Optional.of(Readiness.suspended(situation)) : Optional.empty();
    }

    /** A pass that waits for something else does not miss what is due by the clock. */
    private static Step.Rest inTime(Step.Rest rest) {
        return switch (rest.conclusion()) {
            case Conclusion.Nothing ignored -> rest;
            case Conclusion.InSync ignored -> Stream.of(Confirmation.untilDue(rest.situation()),
                    Confirmation.untilAgain(rest.situation()), Retirement.untilDue(rest.situation()))
                    .flatMap(Optional::stream)
                    .reduce(rest, Step.Rest::noLongerThan, (one, other) -> other);
            case Conclusion.Blocked ignored -> confirmedInTime(rest);
            case Conclusion.Verifying ignored -> confirmedInTime(rest);
            case Conclusion.Suspended ignored -> confirmedInTime(rest);
        };
    }

    private static Step.Rest confirmedInTime(Step.Rest rest) {
        return Confirmation.untilDue(rest.situation()).map(rest::noLongerThan).orElse(rest);
    }

    /**
     * Reacts to the outcome of an effect.
     *
     * @param situation the intent, which the pass has written before
     */
    public static Step.Outward after(Situation situation, Effect effect, Outcome outcome) {
        return outward(outcome instanceof Outcome.Interrupted ? situation.look() : follow(situation, effect, outcome));
    }

    private static Step follow(Situation situation, Effect effect, Outcome outcome) {
        return switch (effect) {
            case Effect.Create create -> done(situation, outcome, done -> Switching.after(situation, create, done));
            case Effect.Switch change -> done(situation, outcome, done -> Switching.after(situation, change, done));
            case Effect.PointPreview point ->
                done(situation, outcome, done -> PreviewAlias.after(situation, point, done));
            case Effect.Load load -> Promotion.after(situation, load, outcome);
            case Effect.Confirm confirm -> Confirmation.after(situation, confirm, outcome);
            case Effect.ConfirmPreview confirm -> Confirmation.after(situation, confirm, outcome);
            case Effect.Unmark unmark -> SwitchMarks.after(situation, unmark, outcome);
            case Effect.DropPreview drop -> PreviewAlias.after(situation, drop, outcome);
            case Effect.Release release -> Retirement.after(situation, release, outcome);
            case Effect.Drop drop -> Deletion.after(situation, drop, outcome);
        };
    }

    private static Step done(Situation situation, Outcome outcome, Function<Outcome.Done, Step> then) {
        return switch (outcome) {
            case Outcome.Done done -> then.apply(done);
            case Outcome.Failed failed -> Readiness.blocked(situation, failed.problem());
            case Outcome.Interrupted ignored -> situation.look();
            case Outcome.NotYet other -> throw new IllegalStateException("no outcome of a move: " + other);
            case Outcome.Unconfirmed other -> throw new IllegalStateException("no outcome of a move: " + other);
            case Outcome.NeighboursFound other -> throw new IllegalStateException("no outcome of a move: " + other);
        };
    }
}
