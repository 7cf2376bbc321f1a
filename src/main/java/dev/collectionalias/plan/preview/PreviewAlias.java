package dev.collectionalias.plan.preview;

import static java.lang.String.format;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.AdoptionPolicy;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Leaving;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.confirmation.Confirmation;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.PreviewSight;
import dev.collectionalias.plan.seen.Target;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Effect.DropMode;
import dev.collectionalias.plan.step.Memory;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Keeps the preview alias at the candidate, and at the active collection while there is none. It never is in the way of a
 * rollback or of a verification, only of a new switch.
 */
public final class PreviewAlias {

    private PreviewAlias() {}

    /** The next step with the preview alias, or the obstacle; empty where all is as it should be. */
    public static Optional<Step> rule(Situation situation) {
        return alias(situation.subject()).flatMap(alias -> situation.askingMaybe(new Need.Preview(alias),
                seen -> follow(situation, seen).or(() -> Confirmation.ofPreview(situation))));
    }

    /** The alias to look at: the managed one, else the wanted one; empty if there is neither. */
    private static Optional<String> alias(Subject subject) {
        Preview held = subject.status().preview();
        return Optional.of(held == null ? wanted(subject) : held.alias()).filter(name -> !name.isEmpty());
    }

    private static Optional<Step> follow(Situation situation, PreviewSight seen) {
        Subject subject = situation.subject();
        Preview held = subject.status().preview();
        if (held != null && (Leaving.isDropBegun(subject) || !held.alias().equals(wanted(subject)))) {
            return Optional.of(giveUp(situation, seen));
        }
        if (seen.claimant().isPresent()) {
            return Optional.of(held == null
                    ? Readiness.blocked(situation, new Problem(Reason.Conflict,
                            format("previewAlias %s is claimed by CollectionAlias %s; name another one", seen.alias(),
                                    seen.claimant().get())))
                    : forget(situation));
        }
        String desired = desired(situation);
        if (held == null && isForeign(subject, seen.target(), desired)) {
            return Optional
                    .of(Readiness.blocked(situation, existsElsewhere(seen.alias(), seen.target().orElseThrow())));
        }
        boolean there = held != null && seen.target().equals(Optional.of(desired))
                && desired.equals(held.collection());
        return there ? Optional.empty() : Optional.of(point(situation, seen, desired));
    }

    /** A preview is for the candidate, even for one whose gates failed. */
    private static String desired(Situation situation) {
        boolean candidate = situation.milvus().target() instanceof Target.Found
                && !CutoverState.isRejected(situation.spec(), situation.status());
        return candidate ? situation.spec().collection() : situation.mapping().name();
    }

    /** The status remembers the alias before the operator creates it or puts it back: a crash in between must not orphan it. */
    private static Step point(Situation situation, PreviewSight seen, String to) {
        Preview held = situation.status().preview();
        boolean putBack = held != null && to.equals(held.collection()) && situation.milvus().mayAnswerStale();
        Situation claimed = held == null || putBack ? claim(situation, seen.alias()) : situation;
        return seen.target().equals(Optional.of(to))
                ? moved(claimed, seen.alias(), to, situation.milvus().mayAnswerStale()).keep()
                : new Step.Call(claimed, new Effect.PointPreview(seen.alias(), seen.target(), to));
    }

    private static Situation claim(Situation situation, String alias) {
        return Memory.stampMarks(situation).remember(status -> status.withPreview(new Preview(alias, null)));
    }

    private static Situation moved(Situation situation, String alias, String to, boolean toConfirm) {
        return Memory.stampMarks(situation).remember(status -> status.withPreview(toConfirm
                ? new Preview(alias, to, situation.second(), Boolean.FALSE)
                : new Preview(alias, to)));
    }

    /** Reacts once the operator has pointed the preview alias somewhere. */
    public static Step after(Situation situation, Effect.PointPreview point, Outcome.Done done) {
        return moved(situation, point.alias(), point.to(), done.toConfirm()).look();
    }

    /**
     * Gives up a preview alias that the object manages and does not want any more. The operator drops it, unless somebody
     * else has moved it or has a claim to its name.
     */
    public static Step giveUp(Situation situation, PreviewSight seen) {
        if (!seen.pendingDrops().isEmpty()) {
            return Readiness.blocked(situation, new Problem(Reason.Deleting,
                    format("waits until the drop of %s is over", seen.pendingDrops().getFirst())));
        }
        boolean ours = seen.claimant().isEmpty()
                && seen.target().filter(target -> isWhereWePutIt(situation.subject(), target)).isPresent();
        if (ours) {
            return new Step.Call(situation, new Effect.DropPreview(seen.alias(), DropMode.DROP));
        }
        return Leaving.isDropBegun(situation.subject())
                ? new Step.Call(situation, new Effect.DropPreview(seen.alias(), DropMode.MEND_ONLY))
                : forget(situation);
    }

    /** Whether the alias is where the status says, or where the operator was about to point it when it was interrupted. */
    private static boolean isWhereWePutIt(Subject subject, String target) {
        CollectionAliasStatus status = subject.status();
        return Stream
                .of(status.preview().collection(), subject.spec().collection(),
                        status.active() == null ? null : status.active().collection(),
                        status.previous() == null ? null : status.previous().collection())
                .filter(Objects::nonNull).anyMatch(target::equals);
    }

    /** Reacts to an attempt to drop the preview alias. */
    public static Step after(Situation situation, Effect.DropPreview ignored, Outcome outcome) {
        return switch (outcome) {
            case Outcome.NeighboursFound found ->
                situation.remember(status -> status.withNeighbours(found.neighbours())).look();
            case Outcome.Failed failed when isNeverDropped(situation, failed.problem()) ->
                leaveBehind(situation, failed.problem());
            case Outcome.Failed failed -> Readiness.blocked(situation, failed.problem());
            default -> dropped(situation);
        };
    }

    /**
     * A secondary has its aliases from its primary, and loses them there. It may be promoted before a living object has
     * to go.
     */
    private static boolean isNeverDropped(Situation situation, Problem problem) {
        return problem.reason() == Reason.NotPrimary && situation.subject().isDeleting()
                || problem.reason() == Reason.DropFailed && problem.isStalled();
    }

    /** A server that can never drop it must not keep the object, nor its cutovers, for ever. */
    private static Step leaveBehind(Situation situation, Problem problem) {
        return dropped(situation.tell(Announcement.warning(problem.reason(),
                format("preview alias %s is left in Milvus: %s", situation.status().preview().alias(),
                        problem.message()))));
    }

    private static Step dropped(Situation situation) {
        return forget(situation.remember(status -> status.withNeighbours(List.of())));
    }

    /** The preview alias is gone, or somebody else's. */
    private static Step forget(Situation situation) {
        return Readiness.afterForgetting(Memory.stampMarks(situation).remember(status -> status.withPreview(null)));
    }

    /** Whether the operator must not move a preview alias that no object holds. */
    public static boolean isForeign(Subject subject, Optional<String> target, String desired) {
        return subject.spec().adoptionPolicy() != AdoptionPolicy.Adopt
                && target.filter(found -> !found.equals(desired)).isPresent();
    }

    public static Problem existsElsewhere(String alias, String target) {
        return new Problem(Reason.AliasExistsElsewhere, format("previewAlias %s exists already and points at %s; "
                + "drop it, name another one, or set adoptionPolicy: Adopt", alias, target));
    }

    private static String wanted(Subject subject) {
        return subject.spec().cutover().previewAlias();
    }
}
