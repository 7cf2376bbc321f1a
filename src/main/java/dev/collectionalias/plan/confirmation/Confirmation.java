package dev.collectionalias.plan.confirmation;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
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
import dev.collectionalias.plan.step.Rests;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * Sees to it that all searches follow a switch. A proxy remembers, by the alias's name, which collection it stands for and where
 * that collection's shards are; a search goes where the shards are.
 *
 * <p>Servers before 2.6.6 expire their proxies' caches before they change an alias. A proxy that is searching may then remember
 * for good the old collection, if it looks the name up before the change, or its shards, if a search that knew the old
 * collection looks them up after the caches expired. So a switch is sent twice at once, after which no proxy takes the name for
 * the old collection, and once more when the searches are over that still did. Without the second call, the third one can be
 * what makes a proxy remember the old shards.
 *
 * <p>Servers from 2.6.6 to 2.6.22 expire the caches after the change, but the shards are still remembered by the alias's name: a
 * search that looked the old collection up before, and its shards after, stores the old shards (milvus#51533). Sending the
 * switch again does nothing there. A changed property of the new collection does, once those searches are over
 * ({@link SwitchMarks}).
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

    /** Whether a confirmation was tried in vain, so that nobody waits for it any more. */
    public static boolean isGivenUp(Subject subject) {
        return subject.condition(ConditionType.Confirmed).isPresent();
    }

    /** Whether some searches may be answered from the collection before, and somebody waits until they are not. */
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

    /** The same for one that was tried in vain, if anything can have changed: a privilege, or the server's version. */
    public static Optional<Step> again(Situation situation) {
        boolean inVain = situation.milvus().confirmationTried()
                || situation.spec().cutover().confirmation() == ConfirmationPolicy.Never
                        && situation.milvus().remedies().contains(SwitchRemedy.EXPIRE_CACHES);
        boolean time = situation.subject().condition(ConditionType.Confirmed).map(Condition::lastTransitionTime)
                .filter(since -> TimeLeft.isOver(SwitchMarks.APART, since, situation.now())).isPresent();
        return isPending(situation.status().active()) && !inVain && time
                ? Optional.of(confirm(situation))
                : Optional.empty();
    }

    /** What is written before the alias is put back where the status says that it is: searches may miss that, too. */
    public static Situation doubt(Situation situation) {
        return situation.milvus().remedies().isEmpty() || isPending(situation.status().active())
                ? situation
                : situation.remember(status -> status
                        .withActive(status.active().withSince(situation.second()).withConfirmed(Boolean.FALSE)));
    }

    private static Step confirm(Situation situation) {
        return step(situation, SwitchMarks.of(situation.subject(), situation.mapping()),
                mark -> new Effect.Confirm(situation.mapping(), mark));
    }

    /** Confirms the last move of the preview alias, if it is time to. */
    public static Optional<Step> ofPreview(Situation situation) {
        Preview at = situation.status().preview();
        return isPending(at) && until(at.since(), situation.now()).isZero()
                ? Optional.of(step(situation, SwitchMarks.of(situation.subject(), at),
                        mark -> new Effect.ConfirmPreview(at, mark)))
                : Optional.empty();
    }

    /** The status remembers a property before it is set. */
    private static Step step(Situation situation, SwitchMark mark,
            Function<Optional<SwitchMark>, Effect> confirmation) {
        if (!situation.milvus().remedies().contains(SwitchRemedy.EXPIRE_CACHES)
                || situation.spec().cutover().confirmation() == ConfirmationPolicy.Never) {
            return new Step.Call(situation, confirmation.apply(Optional.empty()));
        }
        return new Step.Call(SwitchMarks.remember(situation, mark), confirmation.apply(Optional.of(mark)));
    }

    /** What follows once it was tried to confirm the last switch. What waited for it goes on in any case. */
    public static Step after(Situation situation, Effect.Confirm confirm, Outcome outcome) {
        return switch (outcome) {
            case Outcome.NotYet soon -> Rests.saying(situation, soon.left());
            case Outcome.Unconfirmed not -> unconfirmed(situation, confirm, not).keep();
            case Outcome.Failed failed -> Rests.blocked(situation, failed.problem());
            default -> Memory.stampMarks(situation)
                    .remember(status -> status.withActive(status.active().withConfirmed(null)))
                    .saying(conditions -> conditions.without(ConditionType.Confirmed)).keep();
        };
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

    /** The same for the preview alias. An application looks through it now and then, so a failure is told once. */
    public static Step after(Situation situation, Effect.ConfirmPreview confirm, Outcome outcome) {
        if (outcome instanceof Outcome.NotYet soon) {
            return Rests.saying(situation, soon.left());
        }
        if (outcome instanceof Outcome.Failed failed) {
            return Rests.blocked(situation, failed.problem());
        }
        Situation confirmed = confirm.mark().map(mark -> SwitchMarks.stamp(situation, mark)).orElse(situation)
                .remember(status -> status.withPreview(status.preview().withSince(null).withConfirmed(null)));
        return (outcome instanceof Outcome.Unconfirmed not
                ? confirmed.tell(Announcement.warning(Reason.Unconfirmed, format(
                        "some searches through preview alias %s may go on being answered from the collection before: %s",
                        confirm.at().alias(), not.why())))
                : confirmed).keep();
    }

    /** How long a switch of that time has to be left alone before it is confirmed; null: it was long ago. */
    private static Duration until(Instant since, Instant now) {
        return since == null ? Duration.ZERO : TimeLeft.of(AFTER, since, now);
    }

    /** Whether the caches were expired late enough for a switch of this time. */
    public static boolean isSettled(Instant since, Instant expired) {
        return since == null || !expired.isBefore(since.plus(AFTER));
    }

    /** How long until a switch is to be confirmed, or the property that confirmed one is to be taken off. */
    public static Optional<Duration> untilDue(Situation situation) {
        Subject subject = situation.subject();
        Optional<Duration> alias = Optional.ofNullable(subject.status().active()).filter(active -> isAwaited(subject))
                .map(active -> until(active.since(), situation.now()));
        Optional<Duration> preview = Optional.ofNullable(subject.status().preview()).filter(Confirmation::isPending)
                .map(pending -> until(pending.since(), situation.now()));
        return Stream.of(alias, preview, SwitchMarks.untilDue(subject, situation.now())).flatMap(Optional::stream)
                .filter(Duration::isPositive).min(Duration::compareTo);
    }

    /** How long until one that was given up is tried again. A privilege that is granted wakes nobody. */
    public static Optional<Duration> untilAgain(Situation situation) {
        return isGivenUp(situation.subject())
                ? Optional.of(Pace.STALLED.untilNextLook(situation.conditions().since(ConditionType.Confirmed),
                        situation.now(), situation.chance()))
                : Optional.empty();
    }
}
