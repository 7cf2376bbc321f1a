package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rejected;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Rollback;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.PromotionMode;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.VerifyFailurePolicy;
import dev.collectionalias.plan.Attempt;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Observation;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Request;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.Target;

/**
 * Decides about an alias that its object holds and that is where it was last seen: whether it is time to switch it, to
 * watch it, or to switch it back. The principle of it all: a switch never makes serving worse than it is.
 */
public final class CutoverPlanner {

    private CutoverPlanner() {}

    public static Decision decide(Subject subject, CollectionState mapping, Observation seen, Instant now) {
        Optional<Decision> request = RequestPlanner.inPlace(subject, mapping, seen);
        if (request.isPresent()) {
            return request.get();
        }
        CollectionAliasStatus status = subject.status();
        if (status.rollback() != null) {
            return goBack(subject, mapping, seen);
        }
        boolean wanted = mapping.name().equals(subject.spec().collection());
        if (wanted && status.verification() != null) {
            return asksAfter(subject, mapping) ? Verifier.decide(subject, mapping, seen, now) : new Decision.Verified();
        }
        return PreviewPlanner.decide(subject, mapping, seen, now).orElseGet(() -> {
            if (CutoverState.isRejected(subject.spec(), status)) {
                return new Decision.Wait(rejected(subject, mapping.name()));
            }
            return wanted
                    ? RetirementPlanner.decide(seen, now).orElseGet(Decision.Settled::new)
                    : cutOver(subject, mapping, seen, now);
        });
    }

    /** Whether there are gates to be asked about the candidate, on this server. */
    public static boolean asksBefore(Subject subject, String endpoint, Optional<CollectionState> mapping) {
        CollectionAliasStatus status = subject.status();
        boolean held = subject.owns(endpoint) && status.active() != null;
        if (subject.isSuspended() || held != mapping.isPresent()) {
            return false;
        }
        return !held || mapping.get().is(status.active().collection(), status.active().id())
                && !mapping.get().name().equals(subject.spec().collection())
                && status.rollback() == null && !CutoverState.isRejected(subject.spec(), status);
    }

    /** Whether there are gates to be asked about the collection that was switched to. */
    public static boolean asksAfter(Subject subject, CollectionState mapping) {
        return subject.status().verification() != null && subject.spec().cutover().verify() != null
                && !subject.isSuspended() && mapping.name().equals(subject.spec().collection());
    }

    /** A new alias serves nobody yet: what its spec asks for has to hold, and nothing is compared. */
    public static Optional<Decision> beforeCreation(Subject subject, Target.Found target, Observation seen,
            Instant now) {
        List<GateResult> gates = Gates.judge(subject.spec().cutover().gates(), seen.facts().orElseThrow());
        return Gates.allPassed(gates) ? Optional.empty() : Optional.of(hold(subject, target, seen, gates, now));
    }

    /** The collection behind the alias was dropped: nobody is served, so that a way back that is open is taken. */
    public static Optional<Decision> wayBackFromNothing(Subject subject, Observation seen) {
        CollectionAliasStatus status = subject.status();
        Optional<CollectionState> back = seen.back().filter(CollectionState::loaded)
                .filter(found -> WayBack.of(subject).filter(way -> found.is(way.collection(), way.id())).isPresent());
        if (status.rollback() != null) {
            return back.map(to -> new Decision.Create(to, Cause.RolledBack));
        }
        Optional<Request> asked = subject.pending(Request.Kind.ROLLBACK);
        boolean watched = status.verification() != null && subject.spec().cutover().verify() != null
                && subject.spec().cutover().verify().onFailure() == VerifyFailurePolicy.Rollback;
        if (back.isEmpty() || asked.isEmpty() && !watched) {
            return Optional.empty();
        }
        String why = format("%s was dropped under the alias", status.active().collection());
        return Optional.of(new Decision.GoBack(back.get(),
                asked.isPresent() ? Request.Kind.ROLLBACK.key() : Verifier.REQUESTED_BY, why, asked));
    }

    private static Decision goBack(Subject subject, CollectionState mapping, Observation seen) {
        Rollback rollback = subject.status().rollback();
        boolean same = seen.back().filter(back -> back.is(rollback.collection(), rollback.id())).isPresent();
        if (same && WayBack.isOpen(mapping, seen)) {
            return new Decision.Switch(mapping, seen.back().get(), Cause.RolledBack, List.of(),
                    rollback.requestedBy(), Optional.empty());
        }
        String why = format("%s, and %s", rollback.why(), WayBack.obstacle(rollback.collection(), seen));
        return rollback.requestedBy().equals(Verifier.REQUESTED_BY)
                ? new Decision.KeepUnverified(why)
                : new Decision.StayThere(why);
    }

    /** What was given up is not tried again by itself, whatever becomes of the collection that serves instead. */
    public static Problem rejected(Subject subject, String active) {
        Rejected rejected = subject.status().rejected();
        boolean left = !active.equals(rejected.collection());
        Reason reason = left && rejected.reason().equals(Reason.VerifyFailed.name())
                ? Reason.RolledBack
                : Reason.valueOf(rejected.reason());
        return new Problem(reason, format("%s; change spec.collection, or ask for a retry", rejected.message()));
    }

    private static Decision cutOver(Subject subject, CollectionState from, Observation seen, Instant now) {
        return switch (seen.target()) {
            case Target.Missing ignored -> missing(subject, now);
            case Target.AnAlias alias -> new Decision.Wait(TargetProblems.isAnAlias(subject, alias));
            case Target.Found found -> {
                List<GateResult> gates = Gates.judge(subject.spec().cutover().gates(), seen.facts().orElseThrow());
                yield Gates.allPassed(gates)
                        ? promote(subject, from, found, gates)
                        : hold(subject, found, seen, gates, now);
            }
        };
    }

    private static Decision missing(Subject subject, Instant now) {
        Problem problem = Deadline.isOver(subject, null, now)
                ? Deadline.problem(subject, TargetProblems.missing(subject).message())
                : TargetProblems.missing(subject);
        return new Decision.Check(subject.spec().collection(), null,
                Gates.missing(subject.spec().collection(), subject.spec().database()), problem, true);
    }

    private static Decision promote(Subject subject, CollectionState from, Target.Found to, List<GateResult> gates) {
        Cutover.Promotion promotion = subject.spec().cutover().promotion();
        String name = to.collection().name();
        Optional<Request> approval = subject.pending(Request.Kind.PROMOTE)
                .filter(request -> request.subject().equals(Optional.of(name)));
        if (promotion.mode() == PromotionMode.Automatic) {
            return change(subject, from, to, gates, "spec", approval);
        }
        if (approval.isPresent()) {
            return change(subject, from, to, gates, Request.Kind.PROMOTE.key(), approval);
        }
        if (promotion.approvedCollection().equals(name)) {
            return change(subject, from, to, gates, "approvedCollection", approval);
        }
        return new Decision.Check(name, to.collection().id(), gates, new Problem(Reason.AwaitingPromotion,
                format("%s passed its gates and waits for an approval: annotate %s=%s@%d, or set approvedCollection",
                        name, Request.Kind.PROMOTE.annotation(), name, subject.generation())),
                false);
    }

    /** A switch that was interrupted before its report is told as it would have been. */
    public static Decision resume(Subject subject, CollectionState mapping) {
        return promote(subject, mapping, new Target.Found(mapping), List.of()) instanceof Decision.Switch asked
                ? new Decision.Take(mapping, Cause.SpecChanged, asked.requestedBy(), asked.request())
                : new Decision.Take(mapping, Cause.SpecChanged, "spec", Optional.empty());
    }

    private static Decision change(Subject subject, CollectionState from, Target.Found to, List<GateResult> gates,
            String requestedBy, Optional<Request> approval) {
        return Attempt.announced(subject, to.collection(),
                new Decision.Switch(from, to.collection(), Cause.SpecChanged, gates, requestedBy, approval));
    }

    /** Some gate has not passed. */
    private static Decision hold(Subject subject, Target.Found target, Observation seen, List<GateResult> gates,
            Instant now) {
        CollectionState candidate = target.collection();
        if (!Gates.anyFailed(gates) && !Deadline.isOver(subject, candidate, now)
                && LoadedGate.isToBeLoaded(subject.spec().cutover().gates(), seen.facts().orElseThrow())) {
            return new Decision.Load(candidate, gates);
        }
        return new Decision.Check(candidate.name(), candidate.id(), gates, problem(subject, candidate, gates, now),
                !Gates.anyFailed(gates));
    }

    private static Problem problem(Subject subject, CollectionState candidate, List<GateResult> gates, Instant now) {
        String message = format("%s is held back: %s", candidate.name(), Gates.obstacles(gates));
        if (Gates.anyFailed(gates)) {
            return new Problem(Reason.GatesFailed, message);
        }
        if (Deadline.isOver(subject, candidate, now)) {
            return Deadline.problem(subject, message);
        }
        return new Problem(Gates.onlyNotLoaded(gates) ? Reason.CollectionNotLoaded : Reason.GatesPending, message);
    }
}
