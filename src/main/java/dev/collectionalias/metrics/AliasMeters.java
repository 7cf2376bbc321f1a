package dev.collectionalias.metrics;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.status.Announcement;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** Counts what passes over aliases did. */
final class AliasMeters {

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

    private final MeterRegistry registry;
    private final Timers timers;

    AliasMeters(MeterRegistry registry, Timers timers) {
        this.registry = registry;
        this.timers = timers;
    }

    /** Counters begin at 0, so that Prometheus sees the first change as one. */
    void begin(ObjectName object) {
        CAUSES.forEach(cause -> List.of(SwitchResult.values()).forEach(result -> switches(object, cause, result)));
        List.of(DriftResult.values()).forEach(result -> drifts(object, result));
    }

    void reported(Subject subject, Decision decision, Outcome outcome, List<Announcement> announcements) {
        ObjectName object = subject.name();
        changeOf(decision).ifPresent(cause -> {
            if (outcome instanceof Outcome.Done done) {
                timers.of(Metric.SWITCH_TIME, Connections.label(ConnectionName.of(subject))).record(done.took());
            }
            resultOf(outcome).ifPresent(result -> switches(object, cause, result).increment());
        });
        if (decision instanceof Decision.Take take && take.cause() == Cause.External) {
            drifts(object, DriftResult.accepted).increment();
        }
        announcements.stream().map(Announcement::reason).flatMap(reason -> driftOf(reason).stream())
                .forEach(result -> drifts(object, result).increment());
    }

    private static Optional<Cause> changeOf(Decision decision) {
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

    private Counter switches(ObjectName object, Cause cause, SwitchResult result) {
        return counter(Metric.SWITCH, object.namespace(), object.name(), cause, result);
    }

    private Counter drifts(ObjectName object, DriftResult result) {
        return counter(Metric.DRIFT, object.namespace(), object.name(), result);
    }

    private Counter counter(Metric metric, Object... values) {
        return Counter.builder(metric.key()).description(metric.meaning()).tags(metric.tags(values))
                .register(registry);
    }
}
