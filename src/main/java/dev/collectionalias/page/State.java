package dev.collectionalias.page;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.plan.Subject;

/** The states by which people filter aliases, the most urgent first. */
enum State {
    NotServing("Not serving", "✖"), Stalled("Stalled", "✖"), AwaitingPromotion("Awaiting promotion",
            "⏸"),
    Reconciling("Reconciling", "…"), Suspended("Suspended", "⏸"), Ready("Ready", "✔"),
    /** No operator has written a status yet. */
    Unobserved("Not observed yet", "?");

    private final String label;
    private final String sign;

    State(String label, String sign) {
        this.label = label;
        this.sign = sign;
    }

    String label() {
        return label;
    }

    /** The sign that tells the state from others at a glance, also without colours. */
    String sign() {
        return sign;
    }

    static Optional<State> named(String name) {
        return Stream.of(values()).filter(state -> state.name().equalsIgnoreCase(name)).findFirst();
    }

    /** The states of an alias: whether searches fail, which is a question of its own, and how far the operator has come. */
    static List<State> of(Subject alias) {
        Stream<State> serving = alias.condition(ConditionType.Serving)
                .filter(condition -> condition.status() == ConditionStatus.False).map(condition -> NotServing).stream();
        return Stream.concat(serving, Stream.of(onItsWay(alias))).toList();
    }

    private static State onItsWay(Subject alias) {
        if (alias.is(ConditionType.Stalled)) {
            return Stalled;
        }
        if (alias.is(ConditionType.AwaitingPromotion)) {
            return AwaitingPromotion;
        }
        if (alias.is(ConditionType.Reconciling)) {
            return Reconciling;
        }
        if (alias.isSuspended()) {
            return Suspended;
        }
        return alias.is(ConditionType.Ready) ? Ready : Unobserved;
    }
}
