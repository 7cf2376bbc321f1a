package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

import dev.collectionalias.act.AliasActor;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.rules.AliasRules;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import dev.collectionalias.schedule.Turnstile;

/**
 * The main path: look, decide, and carry the step out, until there is nothing left to do. The pass writes its decisions
 * before it asks or calls anything else, and once at the end.
 */
final class AliasPass {

    /** The most steps without a pause. The rest waits for its turn. */
    private static final int MOST_STEPS = 16;

    /** A pass reports to it. */
    interface Audience {

        /** @return false if somebody else has changed the object since the pass decided */
        boolean write(CollectionAliasStatus status);

        void announce(List<Announcement> announcements);

        /** The actor has made a call to Milvus. */
        void called(Situation intent, Effect effect, Outcome outcome);

        /** The pass is over, for now or for good. */
        void ended(Situation situation, Step.Outward last);
    }

    /** How a pass ends. */
    sealed interface End {

        /** The object rests until an event comes, or this time is over. */
        record After(Duration delay) implements End {}

        /** There is more to do: somebody else has changed the object, or the pass has taken long. */
        record AtOnce() implements End {}

        /** The object may go. */
        record Released() implements End {}
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
    End run(Subject subject, boolean serverKnown, Audience audience) {
        Situation situation = new Situation(subject, look(subject), clock.instant(),
                ThreadLocalRandom.current().nextDouble());
        if (!serverKnown && situation.sight().endpoint().isPresent()) {
            return new End.AtOnce();
        }
        Step.Outward step = AliasRules.next(situation);
        for (int taken = 0; taken < MOST_STEPS; taken++) {
            if (!audience.write(step.situation().status())) {
                return new End.AtOnce();
            }
            audience.announce(step.situation().news());
            Situation decided = step.situation().told();
            switch (step) {
                case Step.Ask ask -> step = next(decided, answer(decided, ask));
                case Step.Look ignored -> step = next(decided, look(decided.subject()));
                case Step.Call call -> step = called(decided, call.effect(), audience);
                case Step.Rest rest -> {
                    audience.ended(decided, rest);
                    return new End.After(rest.delay());
                }
                case Step.LetGo gone -> {
                    audience.ended(decided, gone);
                    return new End.Released();
                }
            }
        }
        return new End.AtOnce();
    }

    private Step.Outward next(Situation situation, Seen seen) {
        return AliasRules.next(situation.seeing(seen).at(clock.instant()));
    }

    /** Takes the time after the call: the server needs a while from then on to settle. */
    private Step.Outward called(Situation intent, Effect effect, Audience audience) {
        Outcome outcome = turnstile.outside(() -> actor.perform(intent.subject(), intent.sight(), effect));
        audience.called(intent, effect, outcome);
        return AliasRules.after(intent.at(clock.instant()), effect, outcome);
    }

    private Seen look(Subject subject) {
        return turnstile.outside(() -> observer.look(subject));
    }

    private Seen answer(Situation situation, Step.Ask ask) {
        return turnstile.outside(() -> observer.answer(situation.subject(), situation.seen(), ask.need()));
    }
}
