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
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.step.Effect;

/**
 * Counts what passes over aliases did. Ten thousand objects have more than a hundred thousand series, most of them 0: they are
 * kept as plain numbers, and become series while somebody scrapes.
 */
final class AliasCounts {

    /** What an alias is changed for by this operator; for the others nothing is sent. */
    static final Set<Cause> CAUSES = Collections
            .unmodifiableSet(EnumSet.of(Cause.Created, Cause.SpecChanged, Cause.RolledBack, Cause.Drift,
                    Cause.Repaired));

    /** What came of a call that changes an alias. */
    enum SwitchResult {
        done, failed
    }

    /** What came of an alias that somebody else had moved. */
    enum DriftResult {
        /** It is where it should be again. */
        corrected,
        /** It is where the spec wants it. */
        accepted,
        /** It is left there, for what the condition says. */
        left,
        /** It is left there, since somebody moves it again and again. */
        contested
    }

    /** The series of one object: a change of each cause and result, and a drift of each result. */
    private static final int CHANGES = Cause.values().length * SwitchResult.values().length;
    private static final int SERIES = CHANGES + DriftResult.values().length;

    private static final AtomicIntegerArray NONE = new AtomicIntegerArray(SERIES);

    private final Map<ObjectName, AtomicIntegerArray> counts = new ConcurrentHashMap<>();

    /** A call that changes the alias failed. */
    void failed(ObjectName object, Cause cause) {
        count(object, index(cause, SwitchResult.failed));
    }

    /** The history tells what the operator did: that has somebody who asked for it. */
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
    }

    void announced(ObjectName object, List<Announcement> announcements) {
        announcements.stream().map(Announcement::reason).flatMap(reason -> driftOf(reason).stream())
                .forEach(result -> count(object, index(result)));
    }

    private void count(ObjectName object, int series) {
        counts.computeIfAbsent(object, first -> new AtomicIntegerArray(SERIES)).incrementAndGet(series);
    }

    @SuppressWarnings("EnumOrdinal") // a place in memory, never kept
    private static int index(Cause cause, SwitchResult result) {
        return cause.ordinal() * SwitchResult.values().length + result.ordinal();
    }

    @SuppressWarnings("EnumOrdinal") // a place in memory, never kept
    private static int index(DriftResult result) {
        return CHANGES + result.ordinal();
    }

    /** Nobody may scrape for as long as objects come and go. */
    void forget(ObjectName object) {
        counts.remove(object);
    }

    /** The objects that something was counted of. */
    Set<ObjectName> counted() {
        return Set.copyOf(counts.keySet());
    }

    /** All series of each object, so that Prometheus sees the first change as one. */
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
    }

    /** Why an effect changes the alias; empty if it does not. */
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
