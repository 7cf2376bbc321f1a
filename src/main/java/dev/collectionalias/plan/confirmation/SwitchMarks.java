package dev.collectionalias.plan.confirmation;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Leaving;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.TimeLeft;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Memory;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Readiness;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;

/**
 * The properties that confirm a switch on Milvus 2.6.6 to 2.6.22. A changed property of a collection expires what every
 * proxy remembers of each of its aliases.
 *
 * <p>Writers notice each such change: a proxy refuses an insert that was prepared before it, and clients try once more.
 * Two changes in a row fail that second try as well. On 2.6.20, 259 of 19,799 inserts failed where the property was
 * dropped at once. None of 104,835 failed where it was dropped a second later. So a property stays for a minute. It does
 * not stay for good, since the collection belongs to somebody else.
 */
public final class SwitchMarks {

    /** Named as labels and annotations of Kubernetes are, so that a person who finds it knows whom to ask. */
    static final String KEY = "collectionalias.dev/switch";

    /** The least time between two changes of one collection: five times as long as was enough in the measurement. */
    public static final Duration APART = Duration.ofSeconds(5);

    /** How long a property stays. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private SwitchMarks() {}

    /** The property of the last switch of the alias. No other switch has its value. */
    static SwitchMark of(Subject subject, CollectionState at) {
        Active active = subject.status().active();
        return new SwitchMark(at.name(), at.id(), KEY, format("alias %s of CollectionAlias %s, revision %d, %s",
                subject.spec().alias(), subject.name(), active.revision(), active.since()), null);
    }

    /** The property of the last move of the preview alias. */
    static SwitchMark of(Subject subject, Preview preview) {
        return new SwitchMark(preview.collection(), idOf(subject.status(), preview.collection()), KEY,
                format("preview alias %s of CollectionAlias %s, %s",
                        preview.alias(), subject.name(), preview.since()),
                null);
    }

    /** The collection's id. Null where the status does not know it. */
    private static String idOf(CollectionAliasStatus status, String collection) {
        if (status.active() != null && status.active().collection().equals(collection)) {
            return status.active().id();
        }
        boolean candidate = status.candidate() != null && status.candidate().collection().equals(collection);
        return candidate ? status.candidate().id() : null;
    }

    /** The operator is about to set a property: a crash in between must not leave it behind. */
    static Situation remember(Situation situation, SwitchMark mark) {
        boolean remembered = situation.status().switchMarks().stream().anyMatch(other -> isSame(other, mark));
        return remembered
                ? situation
                : situation.remember(status -> status
                        .withSwitchMarks(Stream.concat(status.switchMarks().stream(), Stream.of(mark)).toList()));
    }

    /** The operator has set the property, or could not take it off. Its time begins now. */
    static Situation stamp(Situation situation, SwitchMark mark) {
        return situation.remember(status -> status.withSwitchMarks(status.switchMarks().stream()
                .map(other -> isSame(other, mark) ? Memory.stamped(situation, other) : other).toList()));
    }

    private static Situation forget(Situation situation, SwitchMark mark) {
        return situation.remember(status -> status.withSwitchMarks(
                status.switchMarks().stream().filter(other -> !isSame(other, mark)).toList()));
    }

    /** No two properties have one value. */
    private static boolean isSame(SwitchMark one, SwitchMark other) {
        return one.value().equals(other.value());
    }

    /** Takes off a property that has done its work. A property that is yet to be set has no time, and is not due. */
    public static Optional<Step> due(Situation situation) {
        return situation.status().switchMarks().stream()
                .filter(mark -> mark.at() != null && TimeLeft.isOver(KEPT, mark.at(), situation.now())).findFirst()
                .map(mark -> new Step.Call(situation, new Effect.Unmark(named(situation.subject(), mark))));
    }

    /** Reacts to an attempt to take a property off. */
    public static Step after(Situation situation, Effect.Unmark unmark, Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> notTakenOff(situation, unmark.mark(), failed.problem());
            case Outcome.NotYet soon when situation.subject().isDeleting() -> Readiness.quiet(situation, soon.left());
            case Outcome.NotYet ignored -> stamp(situation, unmark.mark()).look();
            default -> Readiness.afterForgetting(forget(situation, unmark.mark()));
        };
    }

    /**
     * The operator tries again a minute later, unless the server can't do it at all. An object that is being deleted waits for a
     * server that does not answer, as its drop has to, and for nothing else.
     */
    private static Step notTakenOff(Situation situation, SwitchMark mark, Problem problem) {
        boolean deleting = situation.subject().isDeleting();
        boolean unreachable = problem.reason() == Reason.ConnectionFailed || problem.reason() == Reason.RateLimited;
        boolean drops = !Leaving.leavesAlias(situation.subject()) && !(situation.sight() instanceof Sight.Elsewhere);
        if (deleting && unreachable && drops) {
            return Readiness.blocked(situation, problem);
        }
        Situation told = deleting || problem.isStalled()
                ? situation.tell(Announcement.warning(problem.reason(),
                        format("property %s, which confirmed a switch, could not be taken off collection %s: %s",
                                mark.key(), mark.collection(), problem.message())))
                : situation;
        return deleting || problem.reason() == Reason.UnsupportedServer
                ? Readiness.afterForgetting(forget(told, mark))
                : stamp(told, mark).look();
    }

    /** How long until the next property is due that is not due yet. */
    static Optional<Duration> untilDue(Subject subject, Instant now) {
        Duration kept = subject.isDeleting() ? APART : KEPT;
        return subject.status().switchMarks().stream().flatMap(mark -> set(subject, mark).stream())
                .map(set -> TimeLeft.of(kept, set, now)).filter(Duration::isPositive).min(Duration::compareTo);
    }

    /** Takes off the properties of an object that is being deleted, before it goes. */
    public static Optional<Step> beforeLeaving(Situation situation) {
        return situation.status().switchMarks().stream().findFirst().map(mark -> set(situation.subject(), mark)
                .filter(set -> !TimeLeft.isOver(APART, set, situation.now()))
                .<Step>map(set -> Readiness.blocked(situation, new Problem(Reason.Deleting,
                        format("property %s, which confirmed a switch, is taken off collection %s in %d s", KEY,
                                mark.collection(),
                                TimeLeft.of(APART, set, situation.now()).toSeconds() + 1))))
                .orElseGet(() -> new Step.Call(situation,
                        new Effect.Unmark(named(situation.subject(), mark)))));
    }

    /**
     * When the operator set the property, at the latest. Empty if it is yet to, or if the server refused. A property
     * without a time may be set: if so, that was before the deletion.
     */
    private static Optional<Instant> set(Subject subject, SwitchMark mark) {
        boolean refused = Confirmation.isGivenUp(subject);
        return Optional.ofNullable(mark.at()).or(() -> refused ? Optional.empty() : subject.deletedAt());
    }

    /** Finds a renamed collection by the alias that points at it. */
    private static SwitchMark named(Subject subject, SwitchMark mark) {
        Active active = subject.status().active();
        boolean renamed = active != null && mark.id() != null && !mark.id().equals(CollectionState.NO_ID)
                && mark.id().equals(active.id());
        return renamed
                ? new SwitchMark(active.collection(), mark.id(), mark.key(), mark.value(), mark.at())
                : mark;
    }
}
