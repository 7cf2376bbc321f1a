package dev.collectionalias.metrics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.status.Announcement;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * Counts what passes over aliases did. Ten thousand objects have more than a hundred thousand series, most of them 0: they are
 * kept as plain numbers, and become series while somebody scrapes.
 */
final class AliasCounts implements MultiCollector {

    private static final String TOTAL_SUFFIX = "_total";

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
    private final Supplier<Optional<Inventory>> inventory;

    AliasCounts(Supplier<Optional<Inventory>> inventory) {
        this.inventory = inventory;
    }

    void reported(Subject subject, Decision decision, Outcome outcome, List<Announcement> announcements) {
        ObjectName object = subject.name();
        changeOf(decision)
                .ifPresent(cause -> resultOf(outcome).ifPresent(result -> count(object, index(cause, result))));
        if (decision instanceof Decision.Take take && take.cause() == Cause.External) {
            count(object, index(DriftResult.accepted));
        }
        announcements.stream().map(Announcement::reason).flatMap(reason -> driftOf(reason).stream())
                .forEach(result -> count(object, index(result)));
    }

    private void count(ObjectName object, int series) {
        counts.computeIfAbsent(object, first -> new AtomicIntegerArray(SERIES)).incrementAndGet(series);
    }

    private static int index(Cause cause, SwitchResult result) {
        return cause.ordinal() * SwitchResult.values().length + result.ordinal();
    }

    private static int index(DriftResult result) {
        return CHANGES + result.ordinal();
    }

    /** Nobody may scrape for as long as objects come and go. */
    void forget(ObjectName object) {
        counts.remove(object);
    }

    /** All series of each object, so that Prometheus sees the first change as one. */
    @Override
    public MetricSnapshots collect() {
        // Before the objects are looked up: what was counted since may be of one that is new.
        Set<ObjectName> counted = Set.copyOf(counts.keySet());
        return new MetricSnapshots(inventory.get().map(found -> {
            Set<ObjectName> objects = found.aliases().stream().map(Subject::name).collect(Collectors.toSet());
            counted.stream().filter(object -> !objects.contains(object)).forEach(counts::remove);
            return snapshots(objects);
        }).orElse(List.of()));
    }

    private List<MetricSnapshot> snapshots(Set<ObjectName> objects) {
        CounterSnapshot.Builder changes = builder(Metric.SWITCH);
        CounterSnapshot.Builder drifts = builder(Metric.DRIFT);
        for (ObjectName object : objects) {
            AtomicIntegerArray count = counts.getOrDefault(object, NONE);
            for (Cause cause : CAUSES) {
                for (SwitchResult result : SwitchResult.values()) {
                    changes.dataPoint(point(Metric.SWITCH, count.get(index(cause, result)), object.namespace(),
                            object.name(), cause.name(), result.name()));
                }
            }
            for (DriftResult result : DriftResult.values()) {
                drifts.dataPoint(point(Metric.DRIFT, count.get(index(result)), object.namespace(), object.name(),
                        result.name()));
            }
        }
        return objects.isEmpty() ? List.of() : List.of(changes.build(), drifts.build());
    }

    /** The library adds the suffix by itself. */
    private static CounterSnapshot.Builder builder(Metric metric) {
        String name = metric.key();
        return CounterSnapshot.builder().name(name.substring(0, name.length() - TOTAL_SUFFIX.length()))
                .help(metric.meaning());
    }

    private static CounterDataPointSnapshot point(Metric metric, int count, String... values) {
        return new CounterDataPointSnapshot(count, Labels.of(metric.keys(), values), null, 0);
    }

    static Optional<Cause> changeOf(Decision decision) {
        return switch (decision) {
            case Decision.Create create -> Optional.of(create.cause());
            case Decision.Switch change -> Optional.of(change.cause());
            case Decision.Take take when take.isResumed() -> Optional.of(take.cause());
            default -> Optional.empty();
        };
    }

    private static Optional<SwitchResult> resultOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done ignored -> Optional.of(SwitchResult.done);
            case Outcome.Found ignored -> Optional.of(SwitchResult.done);
            case Outcome.Failed ignored -> Optional.of(SwitchResult.failed);
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
