package dev.collectionalias.plan;

import static java.lang.String.format;

import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.AdoptionPolicy;
import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.DriftPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.cutover.CutoverPlanner;
import dev.collectionalias.plan.cutover.CutoverState;
import dev.collectionalias.plan.cutover.RequestPlanner;
import dev.collectionalias.plan.cutover.TargetProblems;

/** Decides what to do with one object, from what is known about it. */
public final class AliasPlanner {

    private AliasPlanner() {}

    public static Decision decide(Subject subject, Sight sight, Instant now) {
        if (subject.isDeleting()) {
            return DeletionPlanner.decide(subject, sight, now);
        }
        return switch (sight) {
            case Sight.Unneeded ignored -> new Decision.Hold();
            case Sight.KindLeaving ignored -> new Decision.Hold();
            case Sight.Connecting ignored -> new Decision.Hold();
            case Sight.NoConnection none -> waitOrSuspend(subject, none.problem());
            case Sight.NotAllowed not -> waitOrSuspend(subject, not.problem());
            case Sight.Unclear unclear -> waitOrSuspend(subject, unclear.problem());
            case Sight.Elsewhere elsewhere ->
                SwitchMarks.due(subject, now).orElseGet(() -> conflict(subject, elsewhere.standing()));
            case Sight.Clear clear -> decide(subject, clear.standing(), clear.observation(), now);
        };
    }

    private static Decision decide(Subject subject, Standing standing, Observation seen, Instant now) {
        if (standing instanceof Standing.Successor && seen.mapping().isPresent()) {
            return new Decision.Take(seen.mapping().get(), Cause.HandedOver);
        }
        if (subject.isSuspended()) {
            return new Decision.Suspend();
        }
        Optional<Decision> first = SwitchMarks.due(subject, now).or(() -> RequestPlanner.anywhere(subject));
        if (first.isPresent()) {
            return first.get();
        }
        boolean owner = standing instanceof Standing.Owner;
        if (seen.mapping().isEmpty()) {
            return owner && subject.status().active() != null
                    ? restore(subject, seen, now)
                    : create(subject, owner, seen, now);
        }
        CollectionState mapping = seen.mapping().get();
        return owner ? keep(subject, mapping, seen, now) : adopt(subject, mapping);
    }

    /** Who suspended the object does not want to hear that nothing can be done. */
    private static Decision waitOrSuspend(Subject subject, Problem problem) {
        return subject.isSuspended() ? new Decision.Suspend() : new Decision.Wait(problem);
    }

    /** The alias does not exist and nobody is served yet, so that the collection's existence is all it takes. */
    private static Decision create(Subject subject, boolean owner, Observation seen, Instant now) {
        return switch (seen.target()) {
            case Target.Missing ignored -> new Decision.Wait(TargetProblems.missing(subject));
            case Target.AnAlias alias -> new Decision.Wait(TargetProblems.isAnAlias(subject, alias));
            case Target.Found found -> CutoverPlanner.beforeCreation(subject, found, seen, now)
                    .orElseGet(() -> owner
                            ? Attempt.announced(subject, found.collection(),
                                    new Decision.Create(found.collection(), Cause.Created))
                            : new Decision.Claim(found.collection()));
        };
    }

    /** The alias was there before this object. */
    private static Decision adopt(Subject subject, CollectionState mapping) {
        boolean matches = mapping.name().equals(subject.spec().collection());
        if (matches || subject.spec().adoptionPolicy() == AdoptionPolicy.Adopt) {
            return new Decision.Take(mapping, Cause.Adopted);
        }
        return new Decision.Wait(new Problem(Reason.AliasExistsElsewhere,
                format("alias %s exists already and points at %s; to take it over, set adoptionPolicy: Adopt, "
                        + "or set collection: %s first", subject.spec().alias(), mapping.name(), mapping.name())));
    }

    /** The alias is this object's, and points somewhere. */
    private static Decision keep(Subject subject, CollectionState mapping, Observation seen, Instant now) {
        Active active = subject.status().active();
        boolean wanted = mapping.name().equals(subject.spec().collection());
        if (active == null) {
            // Claimed, then interrupted between the call that creates it and the report.
            return wanted || Attempt.isAnnounced(subject, mapping)
                    ? new Decision.Take(mapping, Cause.Created, "spec", Optional.empty())
                    : adopt(subject, mapping);
        }
        if (mapping.is(active.collection(), active.id())) {
            return Confirmation.due(subject, mapping, seen, now).orElseGet(() -> {
                Decision next = CutoverPlanner.decide(subject, mapping, seen, now);
                return switch (next) {
                    case Decision.Settled ignored -> settle(subject, mapping, seen, now);
                    case Decision.Wait wait -> Confirmation.again(subject, mapping, seen, now).orElse(wait);
                    case Decision.Check check -> Confirmation.again(subject, mapping, seen, now).orElse(check);
                    default -> next;
                };
            });
        }
        if (isWayBack(subject, mapping)) {
            // Interrupted between the switch back and its report.
            return new Decision.Take(mapping, Cause.RolledBack, subject.status().rollback().requestedBy(),
                    Optional.empty());
        }
        if (Attempt.isAnnounced(subject, mapping)) {
            // Interrupted between the switch and its report.
            return CutoverPlanner.resume(subject, mapping);
        }
        return wanted && !CutoverState.isRejected(subject.spec(), subject.status())
                ? new Decision.Take(mapping, Cause.External)
                : correct(subject, mapping, seen, now);
    }

    /** The alias is where it should be, and nothing else is to be done. */
    private static Decision settle(Subject subject, CollectionState mapping, Observation seen, Instant now) {
        boolean awaited = Confirmation.isPending(subject.status().active()) && !Confirmation.isGivenUp(subject);
        if (!awaited && Contest.isRecent(subject, now)) {
            return new Decision.Wait(contested(subject,
                    format("somebody else moved alias %s away from %s again and again; it is there, and is not moved "
                            + "back once more", subject.spec().alias(), mapping.name())));
        }
        return Confirmation.again(subject, mapping, seen, now).orElseGet(Decision.Settled::new);
    }

    /** The alias is gone though this object holds it. */
    private static Decision restore(Subject subject, Observation seen, Instant now) {
        Optional<CollectionState> before = stillThere(subject, seen);
        if (before.isEmpty()) {
            return CutoverPlanner.wayBackFromNothing(subject, seen).orElseGet(() -> repair(subject, seen));
        }
        String what = format("alias %s was dropped by somebody else", subject.spec().alias());
        return drifted(subject, what, now).or(() -> Confirmation.doubt(subject, seen))
                .orElseGet(() -> new Decision.Create(before.get(), Cause.Drift));
    }

    /** Its collection was dropped, perhaps made anew: the alias dangles, and serves nobody. */
    private static Decision repair(Subject subject, Observation seen) {
        if (CutoverState.isRejected(subject.spec(), subject.status())) {
            return new Decision.Wait(CutoverPlanner.rejected(subject, subject.status().active().collection()));
        }
        return switch (seen.target()) {
            case Target.Missing ignored -> new Decision.Wait(TargetProblems.missing(subject));
            case Target.AnAlias alias -> new Decision.Wait(TargetProblems.isAnAlias(subject, alias));
            case Target.Found found -> Attempt.announced(subject, found.collection(),
                    new Decision.Create(found.collection(), Cause.Repaired));
        };
    }

    /** The collection that the alias pointed at; one that was made anew under its name is another one. */
    private static Optional<CollectionState> stillThere(Subject subject, Observation seen) {
        Active active = subject.status().active();
        return seen.active().filter(collection -> collection.is(active.collection(), active.id()));
    }

    /** Somebody else moved the alias to a collection that the spec does not name. */
    private static Decision correct(Subject subject, CollectionState mapping, Observation seen, Instant now) {
        String what = format("somebody else moved alias %s from %s to %s", subject.spec().alias(),
                subject.status().active().collection(), mapping.name());
        return drifted(subject, what, now).orElseGet(() -> moveBack(subject, mapping, seen, what));
    }

    private static Decision moveBack(Subject subject, CollectionState mapping, Observation seen, String what) {
        Optional<CollectionState> before = stillThere(subject, seen);
        boolean servesWorse = before.isEmpty() || mapping.loaded() && !before.get().loaded();
        if (!servesWorse) {
            return Confirmation.doubt(subject, seen)
                    .orElseGet(() -> new Decision.Switch(mapping, before.get(), Cause.Drift));
        }
        Active active = subject.status().active();
        boolean wantsAnother = seen.target() instanceof Target.Found found
                && !found.collection().is(active.collection(), active.id());
        if (wantsAnother) {
            // From where it is now, an ordinary cutover leads to where it should be.
            return new Decision.Take(mapping, Cause.External);
        }
        return new Decision.Wait(new Problem(Reason.Drifted,
                format("%s, and it is not moved back because %s", what, before.isEmpty()
                        ? "that collection is gone"
                        : "that collection is not loaded")));
    }

    /** What stands in the way of correcting a drift, if anything does. */
    private static Optional<Decision> drifted(Subject subject, String what, Instant now) {
        if (subject.spec().driftPolicy() == DriftPolicy.Report) {
            return Optional.of(new Decision.Wait(
                    new Problem(Reason.Drifted, what + "; it is left so because driftPolicy is Report")));
        }
        if (Contest.isOn(subject)) {
            return Optional.of(new Decision.Wait(contested(subject, what + " again and again")));
        }
        return Optional.empty();
    }

    private static Problem contested(Subject subject, String what) {
        return new Problem(Reason.OwnershipContested,
                format("%s; stop the other writer, then annotate %s=%d", what, Api.RETRY, subject.generation()));
    }

    private static Decision conflict(Subject subject, Standing.Behind standing) {
        String owner = standing.first().toString();
        return new Decision.Wait(new Problem(Reason.Conflict, standing.owner()
                ? format("alias %s is held by CollectionAlias %s; delete one of the two", subject.spec().alias(), owner)
                : format("alias %s is claimed by CollectionAlias %s too, which is older; delete one of the two",
                        subject.spec().alias(), owner)));
    }

    private static boolean isWayBack(Subject subject, CollectionState mapping) {
        var rollback = subject.status().rollback();
        return rollback != null && mapping.is(rollback.collection(), rollback.id());
    }
}
