package dev.collectionalias.reconciler;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.collectionalias.act.AliasActor;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.plan.AliasPlanner;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Sight;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.status.AliasReport;
import dev.collectionalias.status.AliasReporter;
import dev.collectionalias.status.Announcement;
import dev.collectionalias.status.Next;

/** The main path: observe, decide, act, report, and again until there is nothing left to do. */
final class AliasPass {

    /** Steps taken without a pause; what is left after these waits for its turn. */
    private static final int MOST_STEPS = 8;

    /** Where a pass reports to. */
    interface Audience {

        /** @return false if the object is not any more what was decided from */
        boolean write(CollectionAliasStatus status);

        void announce(List<Announcement> announcements);

        /** Tells what was seen, decided, done and told, for those whom it concerns. */
        void done(Subject subject, Sight sight, Decision decision, Outcome outcome, List<Announcement> announcements);
    }

    private final AliasObserver observer;
    private final AliasActor actor;
    private final Turnstile turnstile;
    private final Clock clock;

    AliasPass(AliasObserver observer, AliasActor actor, Turnstile turnstile, Clock clock) {
        this.observer = observer;
        this.actor = actor;
        this.turnstile = turnstile;
        this.clock = clock;
    }

    /** @param serverKnown whether others of the same server take turns with this pass; if not, it must not decide */
    Next run(Subject object, boolean serverKnown, Audience audience) {
        Subject subject = object;
        Sight sight = observe(subject);
        if (!serverKnown && sight.endpoint().isPresent()) {
            return new Next.LookAgain();
        }
        for (int step = 0; step < MOST_STEPS; step++) {
            Decision decision = AliasPlanner.decide(subject, sight, clock.instant());
            Outcome outcome = act(subject, sight, decision);
            // From now on, not from before the calls: what was changed has to settle.
            AliasReport report = AliasReporter.report(subject, sight, decision, outcome, clock.instant(),
                    ThreadLocalRandom.current().nextDouble());
            if (!audience.write(report.status())) {
                return new Next.LookAgain();
            }
            audience.announce(report.announcements());
            audience.done(subject, sight, decision, outcome, report.announcements());
            subject = subject.with(report.status());
            switch (report.next()) {
                case Next.Proceed ignored -> sight = ((Sight.Clear) sight).asOwner();
                case Next.ProceedUnconfirmed ignored -> sight = ((Sight.Clear) sight).asUnconfirmed();
                case Next.LookAgain ignored -> sight = observe(subject);
                case Next.After after -> {
                    return after;
                }
                case Next.ReleaseFinalizer release -> {
                    return release;
                }
            }
        }
        return new Next.LookAgain();
    }

    private Sight observe(Subject subject) {
        return turnstile.outside(() -> observer.observe(subject));
    }

    private Outcome act(Subject subject, Sight sight, Decision decision) {
        return turnstile.outside(() -> actor.act(subject, sight, decision));
    }
}
