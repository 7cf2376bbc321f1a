package dev.collectionalias.status;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;

/** Turns what was seen, decided and done in one pass into what is reported of it. */
public final class AliasReporter {

    /** Events come; this is for the one that got lost. */
    private static final Duration SAFETY_NET = Duration.ofSeconds(30);

    private final Subject subject;
    private final Sight sight;
    private final Instant now;
    private final double chance;
    private final StatusDraft status;
    private final List<Announcement> announcements = new ArrayList<>();

    private AliasReporter(Subject subject, Sight sight, Instant now, double chance) {
        this.subject = subject;
        this.sight = sight;
        this.now = now;
        this.chance = chance;
        this.status = new StatusDraft(subject, now);
    }

    /** @param chance from 0 to 1, to spread objects that would be looked at together */
    public static AliasReport report(Subject subject, Sight sight, Decision decision, Outcome outcome, Instant now,
            double chance) {
        return new AliasReporter(subject, sight, now, chance).report(decision, outcome);
    }

    private AliasReport report(Decision decision, Outcome outcome) {
        if (outcome instanceof Outcome.Failed failed) {
            return waiting(failed.problem());
        }
        return switch (decision) {
            case Decision.Hold ignored -> unchanged(new Next.After(SAFETY_NET));
            case Decision.Wait wait -> waiting(wait.problem());
            case Decision.Settled ignored -> settled();
            case Decision.Suspend ignored -> suspended();
            case Decision.Claim claim -> claimed(claim.target());
            case Decision.Take take -> moved(take.at(), take.cause(), null);
            case Decision.Create create -> moved(create.target(), create.cause(), duration(outcome));
            case Decision.Switch change -> moved(change.to(), change.cause(), duration(outcome));
            case Decision.Drop ignored -> dropped(outcome);
            case Decision.Leave leave -> released(leave);
        };
    }

    private AliasReport unchanged(Next next) {
        return new AliasReport(subject.status(), List.of(), next);
    }

    private AliasReport settled() {
        CollectionState mapping = mapping();
        status.follow(mapping);
        status.own(key().endpoint());
        status.candidate(null);
        status.forgetOldCorrections();
        ready(mapping);
        return done(untilRefresh(mapping));
    }

    private AliasReport suspended() {
        if (sight instanceof Sight.Clear clear) {
            clear.observation().mapping().ifPresentOrElse(this::observeSuspended, this::missSuspended);
        }
        if (sight instanceof Sight.NoConnection none) {
            serving(ConditionStatus.Unknown, none.problem());
        }
        if (sight instanceof Sight.Unclear unclear) {
            serving(ConditionStatus.Unknown, unclear.problem());
        }
        status.conditions().suspended(format("alias %s is observed but not changed while spec.suspend is true",
                subject.spec().alias()));
        return done(new Next.After(
                Pace.untilRefresh(subject.name().toString(), subject.spec().refreshInterval().value(), now)));
    }

    private AliasReport waiting(Problem problem) {
        sight.endpoint().filter(endpoint -> !subject.isDeleting()).ifPresent(status::lapseUnlessOn);
        switch (sight) {
            case Sight.Elsewhere elsewhere -> status.disown(elsewhere.key().endpoint());
            case Sight.Clear clear -> clear.observation().mapping().ifPresentOrElse(this::observe,
                    () -> serving(ConditionStatus.False, problem));
            case Sight.NoConnection ignored -> serving(ConditionStatus.Unknown, problem);
            case Sight.Unclear ignored -> serving(ConditionStatus.Unknown, problem);
            case Sight.Unneeded ignored -> {
            }
            case Sight.Connecting ignored -> {
            }
        }
        if (problem.reason() == Reason.DropFailed && problem.isStalled()) {
            // Nothing was dropped, so nothing has to be mended, and other drops need not wait for this one.
            status.remember(List.of());
        }
        handleRequests();
        boolean news = status.say(problem, subject.isDeleting());
        if (news) {
            announcements.add(Announcement.warning(problem.reason(), problem.message()));
        }
        return done(new Next.After(
                problem.pace().untilNextLook(status.conditions().since(ConditionType.Ready), now, chance)));
    }

    private AliasReport claimed(CollectionState target) {
        status.own(key().endpoint());
        status.candidate(target);
        status.conditions().reconciling(Reason.GatesPending,
                format("alias %s is about to be created at %s", subject.spec().alias(), target.name()));
        return done(new Next.Proceed());
    }

    private AliasReport moved(CollectionState to, Cause cause, Duration took) {
        String from = subject.status().active() == null ? null : subject.status().active().collection();
        status.own(key().endpoint());
        status.activate(to, cause, took);
        announcements.add(Announcements.of(subject, from, to.name(), cause));
        if (to.name().equals(subject.spec().collection())) {
            ready(to);
            return done(untilRefresh(to));
        }
        status.conditions().reconciling(Reason.GatesPending,
                format("alias %s points at %s, and is about to be pointed at %s",
                        subject.spec().alias(), to.name(), subject.spec().collection()));
        return done(took == null ? new Next.Proceed() : new Next.LookAgain());
    }

    private AliasReport dropped(Outcome outcome) {
        if (outcome instanceof Outcome.NeighboursFound found) {
            status.remember(found.neighbours());
            return done(new Next.LookAgain());
        }
        return unchanged(new Next.ReleaseFinalizer());
    }

    private AliasReport released(Decision.Leave leave) {
        return new AliasReport(subject.status(), List.of(Announcement.normal(leave.reason(), leave.why())),
                new Next.ReleaseFinalizer());
    }

    private AliasReport done(Next next) {
        return new AliasReport(status.build(), List.copyOf(announcements), next);
    }

    private void ready(CollectionState mapping) {
        handleRequests();
        status.conditions().ready(Reason.InSync,
                format("alias %s points at %s", subject.spec().alias(), mapping.name()));
        inSync();
        serving(mapping);
    }

    private void handleRequests() {
        status.handle(subject.requests());
        subject.requests().ignored()
                .forEach(why -> announcements.add(Announcement.warning(Reason.RequestIgnored, why)));
    }

    /** The alias exists, but is not where the spec wants it. */
    private void observe(CollectionState mapping) {
        serving(mapping);
        if (status.isAt(mapping)) {
            status.follow(mapping);
            inSync();
        }
    }

    /** Nothing is corrected, but what happens in the meantime is seen. */
    private void observeSuspended(CollectionState mapping) {
        observe(mapping);
        Active active = subject.status().active();
        if (active != null && !status.isAt(mapping)) {
            status.conditions().set(ConditionType.InSync, ConditionStatus.False, Reason.Drifted,
                    format("somebody else moved alias %s from %s to %s", subject.spec().alias(), active.collection(),
                            mapping.name()));
        }
    }

    private void missSuspended() {
        status.conditions().set(ConditionType.Serving, ConditionStatus.False, Reason.Suspended,
                format("alias %s does not exist", subject.spec().alias()));
    }

    private void inSync() {
        status.conditions().set(ConditionType.InSync, ConditionStatus.True, Reason.InSync,
                "nobody else has moved the alias");
    }

    private void serving(CollectionState mapping) {
        if (mapping.loaded()) {
            status.conditions().set(ConditionType.Serving, ConditionStatus.True, Reason.InSync,
                    format("%s is loaded", mapping.name()));
        } else {
            status.conditions().set(ConditionType.Serving, ConditionStatus.False, Reason.CollectionNotLoaded,
                    format("%s is not loaded, so that searches fail", mapping.name()));
        }
    }

    private void serving(ConditionStatus value, Problem problem) {
        status.conditions().set(ConditionType.Serving, value, problem.reason(), problem.message());
    }

    private Next untilRefresh(CollectionState mapping) {
        Duration refresh = Pace.untilRefresh(key().endpoint() + '/' + key().database() + '/' + mapping.name(),
                subject.spec().refreshInterval().value(), now);
        // An outage should not be shown for longer than it lasts.
        Duration untilLoaded = Pace.STALLED.untilNextLook(status.conditions().since(ConditionType.Serving), now,
                chance);
        return new Next.After(!mapping.loaded() && untilLoaded.compareTo(refresh) < 0 ? untilLoaded : refresh);
    }

    private AliasKey key() {
        return ((Sight.Clear) sight).key();
    }

    private CollectionState mapping() {
        return ((Sight.Clear) sight).observation().mapping().orElseThrow();
    }

    private static Duration duration(Outcome outcome) {
        return ((Outcome.Done) outcome).took();
    }
}
