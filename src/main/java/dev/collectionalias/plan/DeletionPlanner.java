package dev.collectionalias.plan;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.DeletionPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Decision.DropMode;
import dev.collectionalias.plan.cutover.PreviewPlanner;
import dev.collectionalias.plan.cutover.PreviewSight;

/** Decides what becomes of the alias of an object that is being deleted. */
public final class DeletionPlanner {

    /** How long a deletion waits for a connection that does not exist any more. */
    static final Duration PATIENCE = Duration.ofMinutes(10);

    private DeletionPlanner() {}

    /** Whether Milvus need not be asked: nothing of it is this object's to drop or to mend. */
    public static boolean leavesMilvusAlone(Subject subject) {
        return leavesMilvusAsItIs(subject) && subject.status().switchMarks().isEmpty();
    }

    private static boolean leavesMilvusAsItIs(Subject subject) {
        return leavesAlias(subject) && subject.status().preview() == null;
    }

    private static boolean leavesAlias(Subject subject) {
        boolean toDrop = Boolean.TRUE.equals(subject.status().owned())
                && subject.spec().deletionPolicy() == DeletionPolicy.Delete;
        return !toDrop && !isBegun(subject);
    }

    /**
     * Where the server can be asked, nothing of this object's stays on a collection. That comes before the drop: an object that
     * outlived its alias could drop one that somebody else has made since.
     */
    static Decision decide(Subject subject, Sight sight, Instant now) {
        Decision next = ofAlias(subject, sight, now);
        boolean last = next instanceof Decision.Leave || next instanceof Decision.Drop;
        boolean reachable = sight.endpoint().isPresent() && sight.endpoint().get().equals(subject.status().endpoint());
        return last && reachable ? SwitchMarks.beforeLeaving(subject, now).orElse(next) : next;
    }

    /** Whether what is left to do is worth no waiting: the alias stays, or is another object's. */
    public static boolean isInNoNeedOfMilvus(Subject subject, Sight sight) {
        return leavesAlias(subject) || sight instanceof Sight.Elsewhere;
    }

    private static Decision ofAlias(Subject subject, Sight sight, Instant now) {
        Optional<String> another = sight.endpoint().filter(endpoint -> !endpoint.equals(subject.status().endpoint()));
        if (another.isPresent()) {
            return new Decision.Leave(Reason.Deleting,
                    format("alias %s is left on %s: the connection leads to %s now", subject.spec().alias(),
                            subject.status().endpoint(), another.get()));
        }
        return switch (sight) {
            case Sight.Unneeded ignored -> new Decision.Leave(Reason.Deleting, whyLeft(subject));
            case Sight.KindLeaving leaving -> leaving.key().isPresent()
                    ? mendOnly(subject)
                    : new Decision.Leave(Reason.Deleting, format("alias %s is left in Milvus: the "
                            + "CustomResourceDefinition of CollectionAlias is being deleted, and every object with it",
                            subject.spec().alias()));
            case Sight.Connecting ignored -> new Decision.Hold();
            case Sight.NoConnection ignored when leavesMilvusAsItIs(subject) ->
                new Decision.Leave(Reason.Deleting, whyLeft(subject));
            case Sight.NoConnection none -> withoutConnection(subject, none, now);
            case Sight.NotAllowed not -> new Decision.Leave(not.problem().reason(),
                    format("alias %s is left in Milvus: %s", subject.spec().alias(), not.problem().message()));
            case Sight.Unclear ignored when leavesMilvusAsItIs(subject) ->
                new Decision.Leave(Reason.Deleting, whyLeft(subject));
            case Sight.Unclear unclear ->
                isGone(unclear.problem()) ? gone(subject) : new Decision.Wait(unclear.problem());
            case Sight.Elsewhere elsewhere -> preview(subject, elsewhere.preview()).orElseGet(() -> isBegun(subject)
                    ? mendOnly(subject)
                    : new Decision.Leave(Reason.HandedOver, format("alias %s is kept by CollectionAlias %s",
                            subject.spec().alias(), elsewhere.standing().first())));
            case Sight.Clear clear ->
                preview(subject, clear.observation().preview()).orElseGet(() -> decide(subject, clear));
        };
    }

    /** It goes before the alias, so that neighbours that are remembered are those of one drop only. */
    private static Optional<Decision> preview(Subject subject, Optional<PreviewSight> seen) {
        return seen.filter(preview -> subject.status().preview() != null)
                .map(preview -> PreviewPlanner.giveUp(subject, preview));
    }

    private static Decision decide(Subject subject, Sight.Clear clear) {
        if (leavesAlias(subject)) {
            return new Decision.Leave(Reason.Deleting, whyLeft(subject));
        }
        Optional<CollectionState> mapping = clear.observation().mapping();
        if (clear.standing() instanceof Standing.Leaver leaver && mapping.isPresent()) {
            return new Decision.Wait(
                    new Problem(Reason.Deleting, format("alias %s is handed over to CollectionAlias %s",
                            subject.spec().alias(), leaver.successor())));
        }
        if (!clear.pendingDrops().isEmpty()) {
            return new Decision.Wait(new Problem(Reason.Deleting,
                    format("waits until the drop of %s is over", clear.pendingDrops().getFirst())));
        }
        if (mapping.isEmpty()) {
            if (dangles(subject, clear)) {
                return new Decision.Drop(DropMode.DROP_DANGLING, subject.status().neighbours());
            }
            return isBegun(subject) ? mendOnly(subject) : gone(subject);
        }
        boolean ours = isToBeDropped(subject, clear) && isWhereWePutIt(subject, mapping.get());
        if (ours) {
            return new Decision.Drop(DropMode.DROP, subject.status().neighbours());
        }
        return isBegun(subject)
                ? mendOnly(subject)
                : new Decision.Leave(Reason.Deleting,
                        format("alias %s is left in Milvus: it points at %s on %s, where this object did not put it",
                                subject.spec().alias(), mapping.get().name(), clear.key().endpoint()));
    }

    /** Servers that let a collection be dropped under its alias keep the name of the alias taken. */
    private static boolean dangles(Subject subject, Sight.Clear clear) {
        Active active = subject.status().active();
        return isToBeDropped(subject, clear) && active != null && clear.observation().active()
                .filter(collection -> collection.is(active.collection(), active.id())).isEmpty();
    }

    private static boolean isToBeDropped(Subject subject, Sight.Clear clear) {
        return subject.owns(clear.key().endpoint()) && subject.spec().deletionPolicy() == DeletionPolicy.Delete;
    }

    /** A drop whose neighbours are remembered may have happened already, so that they have to be stored again. */
    public static boolean isBegun(Subject subject) {
        return !subject.status().neighbours().isEmpty();
    }

    private static Decision mendOnly(Subject subject) {
        return new Decision.Drop(DropMode.MEND_ONLY, subject.status().neighbours());
    }

    /** At the active collection, or where the operator was about to point it when it was interrupted. */
    private static boolean isWhereWePutIt(Subject subject, CollectionState mapping) {
        CollectionAliasStatus status = subject.status();
        return mapping.name().equals(subject.spec().collection())
                || status.active() != null && mapping.is(status.active().collection(), status.active().id())
                || Attempt.isAnnounced(subject, mapping)
                || status.rollback() != null && mapping.is(status.rollback().collection(), status.rollback().id());
    }

    private static Decision withoutConnection(Subject subject, Sight.NoConnection none, Instant now) {
        Problem problem = none.problem();
        // Others' aliases may hang on a drop that was begun, so that it gets the time for a Secret to come back.
        if (none.forGood() && !isBegun(subject)) {
            return new Decision.Leave(Reason.Deleting,
                    format("alias %s is left in Milvus: %s, and the connection is being deleted, too",
                            subject.spec().alias(), problem.message()));
        }
        if (waitedLongEnough(subject, none, now)) {
            return new Decision.Leave(Reason.Deleting, format("alias %s is left in Milvus: %s, for %d minutes",
                    subject.spec().alias(), problem.message(), PATIENCE.toMinutes()));
        }
        // In a namespace that is being deleted nobody is told when it happens.
        return new Decision.Wait(none.goneSince().isEmpty()
                ? problem
                : new Problem(problem.reason(),
                        format("%s; if that lasts for %d minutes, the object goes and alias %s is left in Milvus",
                                problem.message(), PATIENCE.toMinutes(), subject.spec().alias()),
                        problem.pace()));
    }

    /** Counted from whatever came last: something that is gone for a moment is about to be replaced. */
    private static boolean waitedLongEnough(Subject subject, Sight.NoConnection none, Instant now) {
        Instant deadline = now.minus(PATIENCE);
        return subject.deletedAt().filter(deadline::isAfter).isPresent()
                && none.goneSince().filter(deadline::isAfter).isPresent();
    }

    private static boolean isGone(Problem problem) {
        return problem.reason() == Reason.DatabaseNotFound;
    }

    private static Decision gone(Subject subject) {
        return new Decision.Leave(Reason.Deleting, format("alias %s does not exist any more", subject.spec().alias()));
    }

    private static String whyLeft(Subject subject) {
        return Boolean.TRUE.equals(subject.status().owned())
                ? format("alias %s is left in Milvus because deletionPolicy is Retain", subject.spec().alias())
                : format("alias %s is not held by this object", subject.spec().alias());
    }
}
