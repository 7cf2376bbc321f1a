package dev.collectionalias.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.OneLine;

/**
 * An object's conditions while they are decided. A condition's time moves only when its status does.
 *
 * @see <a href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md">kstatus</a>
 */
public final class Conditions {

    private final Map<ConditionType, Condition> byType = new EnumMap<>(ConditionType.class);
    private final long generation;
    private final Instant now;
    private boolean readySaid;

    public Conditions(Collection<Condition> before, long generation, Instant now) {
        this.generation = generation;
        this.now = now.truncatedTo(ChronoUnit.SECONDS);
        before.forEach(condition -> find(condition.type()).ifPresent(type -> byType.put(type, condition)));
    }

    public void set(ConditionType type, ConditionStatus status, Reason reason, String message) {
        Condition before = byType.get(type);
        Instant since = before != null && before.status() == status && before.lastTransitionTime() != null
                ? before.lastTransitionTime()
                : now;
        byType.put(type, new Condition(type.name(), status, generation, since, reason.name(),
                OneLine.of(message)));
        readySaid |= type == ConditionType.Ready;
    }

    /** The spec is achieved. */
    public void ready(Reason reason, String message) {
        set(ConditionType.Ready, ConditionStatus.True, reason, message);
        settle();
    }

    /** The spec is not achieved yet, and the operator is on it. */
    public void reconciling(Reason reason, String message) {
        set(ConditionType.Ready, ConditionStatus.False, reason, message);
        set(ConditionType.Reconciling, ConditionStatus.True, reason, message);
        byType.remove(ConditionType.Stalled);
    }

    /** The spec is not achieved, and will not be until something else changes. */
    public void stalled(Reason reason, String message) {
        set(ConditionType.Ready, ConditionStatus.False, reason, message);
        set(ConditionType.Stalled, ConditionStatus.True, reason, message);
        byType.remove(ConditionType.Reconciling);
    }

    /** Neither worked on nor stuck; Ready keeps its value. */
    public void suspended(String message) {
        set(ConditionType.Ready, statusOf(ConditionType.Ready).orElse(ConditionStatus.Unknown), Reason.Suspended,
                message);
        settle();
    }

    private void settle() {
        byType.remove(ConditionType.Reconciling);
        byType.remove(ConditionType.Stalled);
    }

    /** Whether anything was said of the spec as it is now. */
    public boolean isReadySaid() {
        return readySaid;
    }

    public Optional<ConditionStatus> statusOf(ConditionType type) {
        return Optional.ofNullable(byType.get(type)).map(Condition::status);
    }

    /** Whether the condition has this reason. */
    public boolean isFor(ConditionType type, Reason reason) {
        return byType.containsKey(type) && byType.get(type).reason().equals(reason.name());
    }

    /** Since when the condition has had its status. */
    public Instant since(ConditionType type) {
        Condition condition = byType.get(type);
        return condition == null || condition.lastTransitionTime() == null ? now : condition.lastTransitionTime();
    }

    public void remove(ConditionType type) {
        byType.remove(type);
    }

    public List<Condition> toList() {
        return List.copyOf(byType.values());
    }

    private static Optional<ConditionType> find(String name) {
        for (ConditionType type : ConditionType.values()) {
            if (type.name().equals(name)) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
