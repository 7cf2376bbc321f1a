package dev.collectionalias.plan.confirmation;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.ConfirmationPolicy;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Pace;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.TimeLeft;
import dev.collectionalias.plan.seen.SwitchRemedy;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Memory;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Makes all searches follow a switch. A proxy remembers, by the alias's name, which collection it stands for and where
 * that collection's shards are. A search goes where the shards are.
 *
 * <p>Servers before 2.6.6 expire their proxies' caches before they change an alias. A proxy may look the name up before
 * the change, and remember the old collection for good. Or a search that knew the old collection looks up its shards
 * after the expiry. Then the proxy remembers the old shards. So the operator sends a switch twice at once: after that, no
 * proxy takes the name for the old collection. It sends the switch once more when the last searches of the old collection
 * are over. Without the second call, the third one can be what makes a proxy remember the old shards.
 *
 * <p>Servers from 2.6.6 to 2.6.22 expire the caches after the change. But proxies still remember the shards by the
 * alias's name. A search may look the old collection up before the change, and its shards after. Then the proxy stores
 * the old shards (milvus#51533). Sending the switch again does nothing there. A changed property of the new collection
 * does, once those searches are over ({@link SwitchMarks}).
 */
public final class Confirmation {

    /** Longer than a proxy takes to look an alias up. The time of a switch has whole seconds only. */
    private static final Duration AFTER = Duration.ofSeconds(2);

    private Confirmation() {}

    public static boolean isPending(Active active) {
        return Boolean.FALSE.equals(active.confirmed());
    }

    public static boolean isPending(Preview preview) {
        return Boolean.FALSE.equals(preview.confirmed());
    }

    /** Whether the operator has tried in vain to confirm the switch. Nobody waits for that any more. */
    public static boolean isGivenUp(Subject subject) {
        return subject.condition(ConditionType.Confirmed).isPresent();
    }

    /** Whether the server may answer some searches from the collection before, and somebody waits until it does not. */
    public static boolean isAwaited(Subject subject) {
        Active active = subject.status().active();
        return active != null && isPending(active) && !isGivenUp(subject);
    }

    /** Confirms the last switch of the alias, if it is time to. */
    public static Optional<Step> due(Situation situation) {
        Active active = situation.status().active();
        return isAwaited(situation.subject()) && until(active.since(), situation.now()).isZero()
                ? Optional.of(confirm(situation))
                : Optional.empty();
    }

    /**
     * Confirms a switch again that the operator could not confirm, if anything can have changed: a privilege, or the
     * server's version.
     */
    public static Optional<Step> again(Situation situation) {
        boolean inVain = situation.milvus().confirmationTried() || mayNotExpire(situation);
        boolean time = situation.subject().condition(ConditionType.Confirmed).map(Condition::lastTransitionTime)
                .filter(since -> TimeLeft.isOver(SwitchMarks.APART, since, situation.now())).isPresent();
        return isPending(situation.status().active()) && !inVain && time
                ? Optional.of(confirm(situation))
                : Optional.empty();
    }

    /** The intent to put the alias back where the status says that it is: searches may miss that move, too. */
    public static Situation doubt(Situation situation) {
        return !situation.milvus().mayAnswerStale() || isPending(situation.status().active())
                ? situation
                : situation.remember(status -> status
                        .withActive(status.active().withSince(situation.second()).withConfirmed(Boolean.FALSE)));
    }

    /** Whether the collection before gave an answer through the alias when the operator asked last. */
    public static boolean isStale(Active active) {
        return active.proof() != null && active.proof().hasStaleAnswers();
    }

    /** The answers that show that searches still reach the collection before, in one sentence. */
    public static String staleAnswers(Situation situation) {
        Active active = situation.status().active();
        return format("%d of %d answers through alias %s came from %s, not from %s", active.proof().stale(),
                active.proof().asked(), situation.spec().alias(), active.proof().against(), active.collection());
    }

    /**
     * Confirms a switch again, because the collection before still answers. The new time gives the property a new value. With
     * the same one, the server would expire nothing.
     */
    public static Step anew(Situation situation) {
        if (mayNotExpire(situation)) {
            return situation.keep();
        }
        boolean told = isPending(situation.status().active());
        Situation doubted = situation.remember(status -> status
                .withActive(status.active().withSince(situation.second()).withConfirmed(Boolean.FALSE)));
        return confirm(told ? doubted : sayStale(doubted));
    }

    private static Situation sayStale(Situation situation) {
        return situation.saying(conditions -> conditions.with(ConditionType.Confirmed, ConditionStatus.False,
                Reason.StaleAnswers, staleAnswers(situation)));
    }

    /** The collection before answers no more. But a switch that the server needs to have confirmed is not confirmed by that. */
    public static Situation notStale(Situation situation) {
        boolean unconfirmed = situation.milvus().mayAnswerStale() && situation.subject()
                .condition(ConditionType.Confirmed).map(Condition::reason).filter(Reason.Unconfirmed.name()::equals)
                .isPresent();
        return unconfirmed
                ? situation
                : situation.remember(status -> status.withActive(status.active().withConfirmed(null)))
                        .saying(conditions -> conditions.without(ConditionType.Confirmed));
    }

    private static Step confirm(Situation situation) {
        boolean stale = isStale(situation.status().active());
        return step(situation, stale, SwitchMarks.of(situation.subject(), situation.mapping()),
                mark -> new Effect.Confirm(situation.mapping(), mark, stale));
    }

    /** Whether the server needs a property, and the spec does not allow one. */
    private static boolean mayNotExpire(Situation situation) {
        return situation.spec().cutover().confirmation() == ConfirmationPolicy.Never
                && situation.milvus().remedies().contains(SwitchRemedy.EXPIRE_CACHES);
    }

    /** Confirms the last move of the preview alias, if it is time to. */
    public static Optional<Step> ofPreview(Situation situation) {
        Preview at = situation.status().preview();
        return isPending(at) && until(at.since(), situation.now()).isZero()
                ? Optional.of(step(situation, false, SwitchMarks.of(situation.subject(), at),
                        mark -> new Effect.ConfirmPreview(at, mark)))
                : Optional.empty();
    }

    /**
     * The status remembers a property before the operator sets it.
     *
     * @param stale whether the collection before answers. Then a server gets all remedies if it is thought to need none.
     */
    private static Step step(Situation situation, boolean stale, SwitchMark mark,
            Function<Optional<SwitchMark>, Effect> confirmation) {
        Set<SwitchRemedy> remedies = situation.milvus().remedies();
        boolean expires = remedies.contains(SwitchRemedy.EXPIRE_CACHES) || stale && remedies.isEmpty();
        if (!expires || situation.spec().cutover().confirmation() == ConfirmationPolicy.Never) {
            return new Step.Call(situation, confirmation.apply(Optional.empty()));
        }
        return new Step.Call(SwitchMarks.remember(situation, mark), confirmation.apply(Optional.of(mark)));
    }

    /** Reacts to an attempt to confirm the last switch. Everything that waited for it goes on in any case. */
    public static Step after(Situation situation, Effect.Confirm confirm, Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotYet soon -> Readiness.quiet(situation, soon.left());
            case Outcome.Unconfirmed not -> unconfirmed(situation, confirm, not).keep();
            // The alias is ready, and a stale answer does not change that.
            case Outcome.Failed failed when confirm.stale() ->
                unconfirmed(situation, confirm, new Outcome.Unconfirmed(failed.problem().message())).keep();
            case Outcome.Failed failed -> Readiness.blocked(situation, failed.problem());
            default -> confirmed(Memory.stampMarks(situation)
                    .remember(status -> status.withActive(status.active().withConfirmed(null)))).keep();
        };
    }

    /** After a stale answer only the next answers tell whether it helped. */
    private static Situation confirmed(Situation situation) {
        return isStale(situation.status().active())
                ? sayStale(situation)
                : situation.saying(conditions -> conditions.without(ConditionType.Confirmed));
    }

    private static Situation unconfirmed(Situation situation, Effect.Confirm confirm, Outcome.Unconfirmed outcome) {
        boolean again = isGivenUp(situation.subject());
        String why = format("some searches through alias %s may go on being answered from the collection before: %s",
                situation.spec().alias(), outcome.why());
        Situation tried = (confirm.mark().isEmpty() ? Memory.stampMarks(situation) : situation)
                .seeing(situation.milvus().afterConfirmation())
                .saying(conditions -> conditions.with(ConditionType.Confirmed, ConditionStatus.False,
                        Reason.Unconfirmed, why));
        return !again && situation.spec().cutover().confirmation() == ConfirmationPolicy.Auto
                ? tried.tell(Announcement.warning(Reason.Unconfirmed, why))
                : tried;
    }

    /**
     * Reacts to an attempt to confirm the preview alias's last move. The operator tells a failure once, as applications
     * look through that alias only now and then.
     */
    public static Step after(Situation situation, Effect.ConfirmPreview confirm, Outcome outcome) {
        if (outcome instanceof Outcome.NotYet soon) {
            return Readiness.quiet(situation, soon.left());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Readiness.blocked(situation, failed.problem());
        }
        Situation confirmed = confirm.mark().map(mark -> SwitchMarks.stamp(situation, mark)).orElse(situation)
                .remember(status -> status.withPreview(status.preview().withSince(null).withConfirmed(null)));
        return (outcome instanceof Outcome.Unconfirmed not
                ? confirmed.tell(Announcement.warning(Reason.Unconfirmed, format(
                        "some searches through preview alias %s may go on being answered from the collection before: %s",
                        confirm.at().alias(), not.why())))
                : confirmed).keep();
    }

    /** How long the operator leaves a switch of that time alone before it confirms it. Null means long ago. */
    private static Duration until(Instant since, Instant now) {
        return since == null ? Duration.ZERO : TimeLeft.of(AFTER, since, now);
    }

    /** Whether the server expired the caches late enough for a switch of this time. */
    public static boolean isSettled(Instant since, Instant expired) {
        return since == null || !expired.isBefore(since.plus(AFTER));
    }

    /** How long until the operator has to confirm a switch, or to take off the property that confirmed one. */
    public static Optional<Duration> untilDue(Situation situation) {
        Subject subject = situation.subject();
        Optional<Duration> alias = Optional.ofNullable(subject.status().active()).filter(active -> isAwaited(subject))
                .map(active -> until(active.since(), situation.now()));
        Optional<Duration> preview = Optional.ofNullable(subject.status().preview()).filter(Confirmation::isPending)
                .map(pending -> until(pending.since(), situation.now()));
        return Stream.of(alias, preview, SwitchMarks.untilDue(subject, situation.now())).flatMap(Optional::stream)
                .filter(Duration::isPositive).min(Duration::compareTo);
    }

    /** How long until the operator tries a failed confirmation again. A newly granted privilege wakes nobody. */
    public static Optional<Duration> untilAgain(Situation situation) {
        return isGivenUp(situation.subject())
                ? Optional.of(Pace.STALLED.untilNextLook(situation.conditions().since(ConditionType.Confirmed),
                        situation.now(), situation.chance()))
                : Optional.empty();
    }
}
