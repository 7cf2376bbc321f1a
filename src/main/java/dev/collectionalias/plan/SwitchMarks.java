package dev.collectionalias.plan;

import static java.lang.String.format;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Preview;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.SwitchMark;
import dev.collectionalias.api.v1alpha1.Reason;

/**
 * The properties that confirm a switch on Milvus 2.6.6 to 2.6.22. A changed property of a collection expires what every proxy
 * remembers of each of its aliases.
 *
 * <p>Writers notice each such change: a proxy refuses an insert that was prepared before it, and clients try once more. Two
 * changes in a row fail that second try as well (measured on 2.6.20: 259 of 19,799 inserts failed where the property was
 * dropped at once, none of 104,835 where it was dropped a second later). So a property stays for a minute. It does not stay for
 * good, since the collection belongs to somebody else.
 */
public final class SwitchMarks {

    /** Named as labels and annotations of Kubernetes are, so that whoever finds it knows whom to ask. */
    static final String KEY = "collectionalias.dev/switch";

    /** Between two changes of one collection at least: five times what was seen to be enough. */
    public static final Duration APART = Duration.ofSeconds(5);

    /** How long a property stays. */
    private static final Duration KEPT = Duration.ofMinutes(1);

    private SwitchMarks() {}

    /** That of the last switch of the alias: no other switch has its value. */
    static SwitchMark of(Subject subject, CollectionState at) {
        Active active = subject.status().active();
        return new SwitchMark(at.name(), at.id(), KEY, format("alias %s of CollectionAlias %s, revision %d, %s",
                subject.spec().alias(), subject.name(), active.revision(), active.since()), null);
    }

    /** That of the last move of the preview alias. */
    static SwitchMark of(Subject subject, Preview preview) {
        return new SwitchMark(preview.collection(), idOf(subject.status(), preview.collection()), KEY,
                format("preview alias %s of CollectionAlias %s, %s",
                        preview.alias(), subject.name(), preview.since()),
                null);
    }

    /** Null where status does not know it. */
    private static String idOf(CollectionAliasStatus status, String collection) {
        if (status.active() != null && status.active().collection().equals(collection)) {
            return status.active().id();
        }
        boolean candidate = status.candidate() != null && status.candidate().collection().equals(collection);
        return candidate ? status.candidate().id() : null;
    }

    /** Whether status remembers it, so that it may be set. */
    static boolean isRemembered(Subject subject, SwitchMark mark) {
        return subject.status().switchMarks().stream().anyMatch(other -> other.value().equals(mark.value()));
    }

    /** One that has done its work. Those that are about to be set have no time yet, and are not due. */
    static Optional<Decision> due(Subject subject, Instant now) {
        return subject.status().switchMarks().stream()
                .filter(mark -> mark.at() != null && TimeLeft.isOver(KEPT, mark.at(), now)).findFirst()
                .map(mark -> new Decision.Unmark(named(subject, mark)));
    }

    /** How long until one is to be taken off that is not yet. */
    public static Optional<Duration> untilDue(Subject subject, Instant now) {
        Duration kept = subject.isDeleting() ? APART : KEPT;
        return subject.status().switchMarks().stream().flatMap(mark -> set(subject, mark).stream())
                .map(set -> TimeLeft.of(kept, set, now)).filter(Duration::isPositive).min(Duration::compareTo);
    }

    /** What an object that is being deleted has left behind is taken away before it goes. */
    static Optional<Decision> beforeLeaving(Subject subject, Instant now) {
        return subject.status().switchMarks().stream().findFirst()
                .map(mark -> set(subject, mark).filter(set -> !TimeLeft.isOver(APART, set, now))
                        .<Decision>map(set -> new Decision.Wait(new Problem(Reason.Deleting,
                                format("property %s, which confirmed a switch, is taken off collection %s in %d s", KEY,
                                        mark.collection(), TimeLeft.of(APART, set, now).toSeconds() + 1))))
                        .orElseGet(() -> new Decision.Unmark(named(subject, mark))));
    }

    /** When it was set, at the latest; empty if it is yet to be, or was refused. One that may have been was set before the deletion. */
    private static Optional<Instant> set(Subject subject, SwitchMark mark) {
        boolean refused = Confirmation.isGivenUp(subject);
        return Optional.ofNullable(mark.at()).or(() -> refused ? Optional.empty() : subject.deletedAt());
    }

    /** A collection that was renamed meanwhile is known by the alias that points at it. */
    private static SwitchMark named(Subject subject, SwitchMark mark) {
        Active active = subject.status().active();
        boolean renamed = active != null && mark.id() != null && !mark.id().equals(CollectionState.NO_ID)
                && mark.id().equals(active.id());
        return renamed
                ? new SwitchMark(active.collection(), mark.id(), mark.key(), mark.value(), mark.at())
                : mark;
    }
}
