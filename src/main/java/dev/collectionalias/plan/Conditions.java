package dev.collectionalias.plan;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;

/**
 * An object's conditions. Each method returns changed conditions. A condition's time moves only when its status does.
 *
 * @see <a href="https://github.com/kubernetes-sigs/cli-utils/blob/master/pkg/kstatus/README.md">kstatus</a>
 */
public final class Conditions {

    private final Map<ConditionType, Condition> byType;
    private final long generation;
    private final Instant now;

    private Conditions(Map<ConditionType, Condition> byType, long generation, Instant now) {
        this.byType = Collections.unmodifiableMap(byType);
        this.generation = generation;
        this.now = now;
    }

    /**
     * The conditions of an object, without the condition types that this operator does not know.
     *
     * @param generation the generation of the spec that the next decisions are about
     */
    public static Conditions of(Collection<Condition> before, long generation, Instant now) {
        Map<ConditionType, Condition> byType = new EnumMap<>(ConditionType.class);
        before.forEach(condition -> find(condition.type()).ifPresent(type -> byType.put(type, condition)));
        return new Conditions(byType, generation, now.truncatedTo(ChronoUnit.SECONDS));
    }

    /** Sets one condition. */
    public Conditions with(ConditionType type, ConditionStatus status, Reason reason, String message) {
        Condition before = byType.get(type);
        Instant since = before != null && before.status() == status && before.lastTransitionTime() != null
                ? before.lastTransitionTime()
                : now;
        Map<ConditionType, Condition> changed = copy();
        changed.put(type,
                new Condition(type.name(), status, generation, since, reason.name(), OneLine.of(message)));
        return new Conditions(changed, generation, now);
    }

    /** Removes some conditions. */
    public Conditions without(ConditionType... types) {
        Map<ConditionType, Condition> changed = copy();
        changed.keySet().removeAll(List.of(types));
        return new Conditions(changed, generation, now);
    }

    private Map<ConditionType, Condition> copy() {
        Map<ConditionType, Condition> copy = new EnumMap<>(ConditionType.class);
        copy.putAll(byType);
        return copy;
    }

    /** The spec is achieved. */
    public Conditions ready(Reason reason, String message) {
        return with(ConditionType.Ready, ConditionStatus.True, reason, message)
                .without(ConditionType.Reconciling, ConditionType.Stalled, ConditionType.AwaitingPromotion);
    }

    /** The spec is not achieved yet, and the operator is on it. */
    public Conditions reconciling(Reason reason, String message) {
        return with(ConditionType.Ready, ConditionStatus.False, reason, message)
                .with(ConditionType.Reconciling, ConditionStatus.True, reason, message)
                .without(ConditionType.Stalled, ConditionType.AwaitingPromotion);
    }

    /** The spec is not achieved, and will not be until something else changes. */
    public Conditions stalled(Reason reason, String message) {
        return with(ConditionType.Ready, ConditionStatus.False, reason, message)
                .with(ConditionType.Stalled, ConditionStatus.True, reason, message)
                .without(ConditionType.Reconciling, ConditionType.AwaitingPromotion);
    }

    /** Stalled or reconciling, according to the problem. */
    public Conditions blocked(Problem problem) {
        Conditions said = problem.isStalled()
                ? stalled(problem.reason(), problem.message())
                : reconciling(problem.reason(), problem.message());
        return problem.reason() == Reason.AwaitingPromotion
                ? said.with(ConditionType.AwaitingPromotion, ConditionStatus.True, problem.reason(), problem.message())
                : said;
    }

    /** The operator neither works on the object nor is stuck. Ready keeps its value. */
    public Conditions suspended(String message) {
        return with(ConditionType.Ready, status(ConditionType.Ready).orElse(ConditionStatus.Unknown), Reason.Suspended,
                message)
                .without(ConditionType.Reconciling, ConditionType.Stalled, ConditionType.AwaitingPromotion);
    }

    /** The status of a condition; empty if there is no such condition. */
    public Optional<ConditionStatus> status(ConditionType type) {
        return Optional.ofNullable(byType.get(type)).map(Condition::status);
    }

    /** Since when the condition has had its status; now if there is no such condition. */
    public Instant since(ConditionType type) {
        return Optional.ofNullable(byType.get(type)).map(Condition::lastTransitionTime).orElse(now);
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
