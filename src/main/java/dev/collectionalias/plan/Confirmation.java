package dev.collectionalias.plan;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.ConfirmationPolicy;

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

    /** What confirms the last switch of the alias, if it is time to. */
    static Optional<Decision> due(Subject subject, CollectionState at, Observation seen, Instant now) {
        Active active = subject.status().active();
        return isPending(active) && until(active.since(), now).isZero() && !isGivenUp(subject)
                ? Optional.of(confirm(subject, at, seen.remedies()))
                : Optional.empty();
    }

    /** The same for one that was tried in vain, if anything can have changed: a privilege, or the server's version. */
    static Optional<Decision> again(Subject subject, CollectionState at, Observation seen, Instant now) {
        boolean inVain = seen.confirmationTried()
                || subject.spec().cutover().confirmation() == ConfirmationPolicy.Never
                        && seen.remedies().contains(SwitchRemedy.EXPIRE_CACHES);
        return isPending(subject.status().active()) && !inVain
                && subject.condition(ConditionType.Confirmed).map(Condition::lastTransitionTime)
                        .filter(since -> TimeLeft.isOver(SwitchMarks.APART, since, now)).isPresent()
                                ? Optional.of(confirm(subject, at, seen.remedies()))
                                : Optional.empty();
    }

    /** What has to be remembered before the alias is put back where status says that it is, if it is not yet. */
    static Optional<Decision> doubt(Subject subject, Observation seen) {
        return seen.remedies().isEmpty() || isPending(subject.status().active())
                ? Optional.empty()
                : Optional.of(new Decision.Doubt());
    }

    private static Decision confirm(Subject subject, CollectionState at, Set<SwitchRemedy> remedies) {
        return step(subject, remedies, SwitchMarks.of(subject, at), mark -> new Decision.Confirm(at, mark));
    }

    /** What confirms the last move of the preview alias, if it is time to. */
    public static Optional<Decision> ofPreview(Subject subject, Preview at, Observation seen, Instant now) {
        return isPending(at) && until(at.since(), now).isZero()
                ? Optional.of(step(subject, seen.remedies(), SwitchMarks.of(subject, at),
                        mark -> new Decision.ConfirmPreview(at, mark)))
                : Optional.empty();
    }

    /** A property is remembered before it is set. */
    private static Decision step(Subject subject, Set<SwitchRemedy> remedies, SwitchMark mark,
            Function<Optional<SwitchMark>, Decision> confirmation) {
        if (!remedies.contains(SwitchRemedy.EXPIRE_CACHES)
                || subject.spec().cutover().confirmation() == ConfirmationPolicy.Never) {
            return confirmation.apply(Optional.empty());
        }
        return SwitchMarks.isRemembered(subject, mark)
                ? confirmation.apply(Optional.of(mark))
                : new Decision.Mark(mark);
    }

    /** How long a switch of that time has to be left alone before it is confirmed; null: it was long ago. */
    public static Duration until(Instant since, Instant now) {
        return since == null ? Duration.ZERO : TimeLeft.of(AFTER, since, now);
    }

    /** Whether the caches were expired late enough for a switch of this time. */
    public static boolean isSettled(Instant since, Instant expired) {
        return since == null || !expired.isBefore(since.plus(AFTER));
    }
}
