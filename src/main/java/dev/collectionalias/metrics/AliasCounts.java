package dev.collectionalias.metrics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Proof;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.step.Effect;

/**
 * Counts the effects of passes over aliases. Ten thousand objects have more than a hundred thousand series, most of them 0. So
 * this class keeps plain numbers, and writes series only while somebody scrapes. As meters of the library, the series took half of
 * the heap of many objects ({@code bench/README.md}).
 */
final class AliasCounts {

    /** The causes for which this operator changes an alias. For other causes it sends no call. */
    static final Set<Cause> CAUSES = Collections
            .unmodifiableSet(EnumSet.of(Cause.Created, Cause.SpecChanged, Cause.RolledBack, Cause.Drift,
                    Cause.Repaired));

    /** The result of a call that changes an alias. */
    enum SwitchResult {
        done, failed
    }

    /** What the operator did about an alias that somebody else had moved. */
    enum DriftResult {
        /** The alias is where it should be again. */
        corrected,
        /** The alias is where the spec wants it. */
        accepted,
        /** The operator leaves the alias there, for the reason in the condition. */
        left,
        /** The operator leaves the alias there, because somebody moves it again and again. */
        contested
    }

    /** The series of one object: one for each cause and result of a change, one for each result of a drift, and one for stale answers. */
    private static final int CHANGES = Cause.values().length * SwitchResult.values().length;
    private static final int STALE_ANSWERS = CHANGES + DriftResult.values().length;
    private static final int SERIES = STALE_ANSWERS + 1;

    private static final AtomicIntegerArray NONE = new AtomicIntegerArray(SERIES);

    private final Map<ObjectName, AtomicIntegerArray> counts = new ConcurrentHashMap<>();

    /** A call that changes the alias failed. */
    void failed(ObjectName object, Cause cause) {
        count(object, index(cause, SwitchResult.failed));
    }

    /** Counts the new entries of the history. The operator's own changes name who asked for them. */
    void written(Subject before, CollectionAliasStatus after) {
        List<HistoryEntry> history = before.status().history();
        int known = history.isEmpty() ? 0 : history.getFirst().revision();
        after.history().stream().filter(entry -> entry.revision() > known).forEach(entry -> {
            Cause cause = Cause.valueOf(entry.cause());
            if (entry.requestedBy() != null) {
                count(before.name(), index(cause, SwitchResult.done));
            }
            if (cause == Cause.External) {
                count(before.name(), index(DriftResult.accepted));
            }
        });
        Proof proof = after.active() == null ? null : after.active().proof();
        if (proof != null && proof.hasStaleAnswers() && !proof.equals(proof(before))) {
            count(before.name(), STALE_ANSWERS, proof.stale());
        }
    }

    void announced(ObjectName object, List<Announcement> announcements) {
        announcements.stream().map(Announcement::reason).flatMap(reason -> driftOf(reason).stream())
                .forEach(result -> count(object, index(result)));
    }

    private void count(ObjectName object, int series) {
        count(object, series, 1);
    }

    private void count(ObjectName object, int series, int more) {
        counts.computeIfAbsent(object, first -> new AtomicIntegerArray(SERIES)).addAndGet(series, more);
    }

    @SuppressWarnings("EnumOrdinal") // a place in memory, never kept
    private static int index(Cause cause, SwitchResult result) {
        return cause.ordinal() * SwitchResult.values().length + result.ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // a place in memory, never kept
    private static int index(DriftResult result) {
        return CHANGES + result.ordinal();
    }

    /** Removes the counts at once: objects may come and go while nobody scrapes. */
    void forget(ObjectName object) {
        counts.remove(object);
    }

    /** The objects that have counts. */
    Set<ObjectName> counted() {
        return Set.copyOf(counts.keySet());
    }

    /** Writes all series of each object, also the zeros, so that Prometheus sees the first change as a change. */
    void write(List<Subject> aliases, TextFormat out) {
        for (Subject alias : aliases) {
            ObjectName object = alias.name();
            AtomicIntegerArray count = counts.getOrDefault(object, NONE);
            for (Cause cause : CAUSES) {
                for (SwitchResult result : SwitchResult.values()) {
                    out.series(Metric.SWITCH, count.get(index(cause, result)), object.namespace(), object.name(),
                            cause.name(), result.name());
                }
            }
        }
        for (Subject alias : aliases) {
            ObjectName object = alias.name();
            AtomicIntegerArray count = counts.getOrDefault(object, NONE);
            for (DriftResult result : DriftResult.values()) {
                out.series(Metric.DRIFT, count.get(index(result)), object.namespace(), object.name(), result.name());
            }
        }
        for (Subject alias : aliases) {
            ObjectName object = alias.name();
            out.series(Metric.STALE_ANSWERS, counts.getOrDefault(object, NONE).get(STALE_ANSWERS), object.namespace(),
                    object.name());
        }
    }

    private static Proof proof(Subject alias) {
        return alias.status().active() == null ? null : alias.status().active().proof();
    }

    /** The cause for which an effect changes the alias; empty: it does not change the alias. */
    static Optional<Cause> changeOf(Effect effect) {
        return switch (effect) {
            case Effect.Create create -> Optional.of(create.cause());
            case Effect.Switch change -> Optional.of(change.cause());
            default -> Optional.empty();
        };
    }

    private static Optional<DriftResult> driftOf(Reason reason) {
        return switch (reason) {
            case DriftCorrected -> Optional.of(DriftResult.corrected);
            case Drifted -> Optional.of(DriftResult.left);
            case OwnershipContested -> Optional.of(DriftResult.contested);
            default -> Optional.empty();
        };
    }
}
