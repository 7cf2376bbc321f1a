package dev.collectionalias.plan.deletion;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.DeletionPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Leaving;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.confirmation.SwitchMarks;
import dev.collectionalias.plan.cutover.Rollbacks;
import dev.collectionalias.plan.preview.PreviewAlias;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Need;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.seen.Standing;
import dev.collectionalias.plan.step.Attempt;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Effect.DropMode;
import dev.collectionalias.plan.step.Memory;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/** Decides what becomes of the alias of an object that is being deleted. */
public final class Deletion {

    /** How long a deletion waits for a connection that does not exist any more. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private Deletion() {}

    /**
     * Leaves nothing of this object's on a collection if the operator can ask the server. That comes before the drop: an
     * object that outlived its alias could drop one that somebody else has made since.
     */
    public static Step step(Situation situation) {
        Step next = ofAlias(situation);
        boolean last = next instanceof Step.LetGo
                || next instanceof Step.Call call && call.effect() instanceof Effect.Drop;
        boolean reachable = situation.sight().endpoint()
                .filter(endpoint -> endpoint.equals(situation.status().endpoint())).isPresent();
        return last && reachable ? SwitchMarks.beforeLeaving(situation).orElse(next) : next;
    }

    private static Step ofAlias(Situation situation) {
        Subject subject = situation.subject();
        Optional<String> another = situation.sight().endpoint()
                .filter(endpoint -> !endpoint.equals(subject.status().endpoint()));
        if (another.isPresent()) {
            return leave(situation, Reason.Deleting, format("alias %s is left on %s: the connection leads to %s now",
                    subject.spec().alias(), subject.status().endpoint(), another.get()));
        }
        return switch (situation.sight()) {
            case Sight.Unneeded ignored -> leaveAsPlanned(situation);
            case Sight.KindLeaving leaving -> leaving.key().isPresent()
                    ? mendOnly(situation)
                    : leave(situation, Reason.Deleting, format("alias %s is left in Milvus: the "
                            + "CustomResourceDefinition of CollectionAlias is being deleted, and every object with it",
                            subject.spec().alias()));
            case Sight.Connecting ignored -> Readiness.untilAnEvent(situation);
            case Sight.NoConnection ignored when Leaving.leavesAliases(subject) -> leaveAsPlanned(situation);
            case Sight.NoConnection none -> withoutConnection(situation, none);
            case Sight.NotAllowed not -> leave(situation, not.problem().reason(),
                    format("alias %s is left in Milvus: %s", subject.spec().alias(), not.problem().message()));
            case Sight.Unclear ignored when Leaving.leavesAliases(subject) -> leaveAsPlanned(situation);
            case Sight.Unclear unclear -> unclear.problem().reason() == Reason.DatabaseNotFound
                    ? gone(situation)
                    : Readiness.blocked(situation, unclear.problem());
            case Sight.Elsewhere elsewhere -> afterPreview(situation, () -> Leaving.isDropBegun(subject)
                    ? mendOnly(situation)
                    : leave(situation, Reason.HandedOver, format("alias %s is kept by CollectionAlias %s",
                            subject.spec().alias(), elsewhere.standing().first())));
            case Sight.Clear clear -> afterPreview(situation, () -> ofAlias(situation, clear));
        };
    }

    /** The preview alias goes before the alias, so that the status remembers the neighbours of one drop only. */
    private static Step afterPreview(Situation situation, Supplier<Step> alias) {
        Preview preview = situation.status().preview();
        return preview == null
                ? alias.get()
                : situation.asking(new Need.Preview(preview.alias()), seen -> PreviewAlias.giveUp(situation, seen));
    }

    private static Step ofAlias(Situation situation, Sight.Clear clear) {
        Subject subject = situation.subject();
        if (Leaving.leavesAlias(subject)) {
            return leaveAsPlanned(situation);
        }
        Optional<CollectionState> mapping = clear.observation().mapping();
        if (clear.standing() instanceof Standing.Leaver leaver && mapping.isPresent()) {
            return Readiness.blocked(situation, new Problem(Reason.Deleting,
                    format("alias %s is handed over to CollectionAlias %s", subject.spec().alias(),
                            leaver.successor())));
        }
        if (!clear.pendingDrops().isEmpty()) {
            return Readiness.blocked(situation, new Problem(Reason.Deleting,
                    format("waits until the drop of %s is over", clear.pendingDrops().getFirst())));
        }
        if (mapping.isEmpty()) {
            if (dangles(subject, clear)) {
                return drop(situation, DropMode.DROP_DANGLING);
            }
            return Leaving.isDropBegun(subject) ? mendOnly(situation) : gone(situation);
        }
        if (isToBeDropped(subject, clear) && isWhereWePutIt(subject, mapping.get())) {
            return drop(situation, DropMode.DROP);
        }
        return Leaving.isDropBegun(subject)
                ? mendOnly(situation)
                : leave(situation, Reason.Deleting,
                        format("alias %s is left in Milvus: it points at %s on %s, where this object did not put it",
                                subject.spec().alias(), mapping.get().name(), clear.key().endpoint()));
    }

    /** A server that lets somebody drop a collection under its alias keeps the name of the alias taken. */
    private static boolean dangles(Subject subject, Sight.Clear clear) {
        Active active = subject.status().active();
        return isToBeDropped(subject, clear) && active != null && clear.observation().active()
                .filter(collection -> collection.is(active.collection(), active.id())).isEmpty();
    }

    private static boolean isToBeDropped(Subject subject, Sight.Clear clear) {
        return subject.owns(clear.key().endpoint()) && subject.spec().deletionPolicy() == DeletionPolicy.Delete;
    }

    /** Whether the alias is at the active collection, or where the operator was about to point it when it was interrupted. */
    private static boolean isWhereWePutIt(Subject subject, CollectionState mapping) {
        CollectionAliasStatus status = subject.status();
        return mapping.name().equals(subject.spec().collection()) || Memory.isAt(status, mapping)
                || Attempt.isAnnounced(status, mapping) || Rollbacks.isTarget(status, mapping);
    }

    private static Step mendOnly(Situation situation) {
        return drop(situation, DropMode.MEND_ONLY);
    }

    private static Step drop(Situation situation, DropMode mode) {
        return new Step.Call(situation, new Effect.Drop(mode));
    }

    /** Reacts to an attempt to drop the alias. */
    public static Step after(Situation situation, Effect.Drop ignored, Outcome outcome) {
        return switch (outcome) {
            case Outcome.NeighboursFound found ->
                situation.remember(status -> status.withNeighbours(found.neighbours())).look();
            case Outcome.Failed failed when failed.problem().reason() == Reason.NotPrimary ->
                leave(situation, Reason.NotPrimary, format("alias %s is left in Milvus: %s", situation.spec().alias(),
                        failed.problem().message()));
            case Outcome.Failed failed -> Readiness.blocked(situation, failed.problem());
            default -> new Step.LetGo(situation);
        };
    }

    private static Step withoutConnection(Situation situation, Sight.NoConnection none) {
        String alias = situation.spec().alias();
        Problem problem = none.problem();
        // Others' aliases may hang on a drop that has begun, so it gets the time for a Secret to come back.
        if (none.forGood() && !Leaving.isDropBegun(situation.subject())) {
            return leave(situation, Reason.Deleting,
                    format("alias %s is left in Milvus: %s, and the connection is being deleted, too", alias,
                            problem.message()));
        }
        if (waitedLongEnough(situation, none)) {
            return leave(situation, Reason.Deleting, format("alias %s is left in Milvus: %s, for %d minutes", alias,
                    problem.message(), PATIENCE.toMinutes()));
        }
        // Says so beforehand: in a namespace that is being deleted the operator can write no Event when it happens.
        return Readiness.blocked(situation, none.goneSince().isEmpty()
                ? problem
                : new Problem(problem.reason(),
                        format("%s; if that lasts for %d minutes, the object goes and alias %s is left in Milvus",
                                problem.message(), PATIENCE.toMinutes(), alias),
                        problem.pace()));
    }

    /** Counts from the later of the two losses: somebody may be about to replace a thing that is gone for a moment. */
    private static boolean waitedLongEnough(Situation situation, Sight.NoConnection none) {
        Instant deadline = situation.now().minus(PATIENCE);
        return situation.subject().deletedAt().filter(deadline::isAfter).isPresent()
                && none.goneSince().filter(deadline::isAfter).isPresent();
    }

    private static Step gone(Situation situation) {
        return leave(situation, Reason.Deleting,
                format("alias %s does not exist any more", situation.spec().alias()));
    }

    private static Step leaveAsPlanned(Situation situation) {
        Subject subject = situation.subject();
        return leave(situation, Reason.Deleting, format(Boolean.TRUE.equals(subject.status().owned())
                ? "alias %s is left in Milvus because deletionPolicy is Retain"
                : "alias %s is not held by this object", subject.spec().alias()));
    }

    private static Step leave(Situation situation, Reason reason, String why) {
        return new Step.LetGo(situation.tell(Announcement.normal(reason, why)));
    }
}
