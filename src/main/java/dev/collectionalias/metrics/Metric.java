package dev.collectionalias.metrics;

import java.util.List;
import java.util.stream.Stream;

/** Every metric of the operator's own. This is the one place of their documentation: a test writes docs/metrics.md from it. */
public enum Metric {
    LEADING("collectionalias_operator_leading", Type.GAUGE,
            "1 in the process that holds the lease, 0 in one that waits for it."),
    LEADER("collectionalias_operator_leader_info", Type.GAUGE,
            "1, with the holder of the lease as this process sees it. Absent while nobody holds it, and without leader election.",
            Label.HOLDER),
    UNWATCHED_NAMESPACES("collectionalias_operator_unwatched_namespaces", Type.GAUGE,
            "How many of WATCH_NAMESPACES this process does not watch, because it may not list their objects. 0 in a process "
                    + "that waits for the lease."),
    INFO("collectionalias_info", Type.GAUGE, "1 for each CollectionAlias, with its names. For joins.",
            Label.NAMESPACE, Label.NAME, Label.ALIAS, Label.DATABASE, Label.COLLECTION, Label.ACTIVE,
            Label.CONNECTION),
    READY("collectionalias_ready", Type.GAUGE, "1 while the condition `Ready` is True, else 0.", Label.NAMESPACE,
            Label.NAME),
    SERVING("collectionalias_serving", Type.GAUGE,
            "1 while the condition `Serving` is True, 0 while it is False. Absent while nobody knows.",
            Label.NAMESPACE, Label.NAME),
    STALLED("collectionalias_stalled", Type.GAUGE,
            "1 while the object is `Stalled`. Absent else.", Label.NAMESPACE, Label.NAME, Label.REASON),
    GATE_WAITING("collectionalias_gate_waiting_seconds", Type.GAUGE,
            "For how long the operator has waited for the gates of the present candidate; 0 while it waits for none.",
            Label.NAMESPACE, Label.NAME),
    AWAITING_PROMOTION("collectionalias_awaiting_promotion_seconds", Type.GAUGE,
            "For how long a candidate that passed its gates has waited for an approval; 0 while none does.",
            Label.NAMESPACE, Label.NAME),
    CONFLICTS("collectionalias_conflicts", Type.GAUGE,
            "How many objects claim an alias that another object has, or must not have two of."),
    SWITCH("collectionalias_switch_total", Type.COUNTER,
            "Changes of the alias that the operator asked Milvus for, creations among them. Each try counts.",
            Label.NAMESPACE, Label.NAME, Label.CAUSE, Label.RESULT),
    SWITCH_TIME("collectionalias_switch_seconds", Type.HISTOGRAM,
            "How long the call took that changed an alias.", Label.CONNECTION),
    DRIFT("collectionalias_drift_total", Type.COUNTER,
            "How often the operator found that somebody else had moved or dropped the alias, and the result.",
            Label.NAMESPACE, Label.NAME, Label.RESULT),
    STALE_ANSWERS("collectionalias_stale_answers_total", Type.COUNTER,
            "How many answers came from the collection before, when the operator asked through the alias for proof of a switch.",
            Label.NAMESPACE, Label.NAME),
    RPC_TIME("milvus_rpc_seconds", Type.HISTOGRAM,
            "How long calls to Milvus took. If Milvus has no such alias or collection, the answer has a code of its own, "
                    + "and is often the expected one. Calls that the operator could not make without a connection do "
                    + "not count.",
            Label.METHOD, Label.CODE, Label.CONNECTION),
    CONNECTION_UP("milvus_connection_up", Type.GAUGE,
            "1 while the server of the connection lets the operator in and answers, else 0.", Label.CONNECTION);

    /** The metric's type in Prometheus. */
    public enum Type {
        GAUGE, COUNTER, HISTOGRAM
    }

    private final String key;
    private final Type type;
    private final String meaning;
    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable
    private final List<Label> labels;

    Metric(String key, Type type, String meaning, Label... labels) {
        this.key = key;
        this.type = type;
        this.meaning = meaning;
        this.labels = List.of(labels);
    }

    /** The metric's name in Prometheus. */
    public String key() {
        return key;
    }

    public Type type() {
        return type;
    }

    public String meaning() {
        return meaning;
    }

    public List<Label> labels() {
        return labels;
    }

    /** Keys and values in turns, as Micrometer takes them. */
    String[] tags(Object... values) {
        if (values.length != labels.size()) {
            throw new IllegalArgumentException(key + " has " + labels.size() + " labels");
        }
        return Stream.iterate(0, i -> i + 1).limit(values.length)
                .flatMap(i -> Stream.of(labels.get(i).key(), values[i].toString())).toArray(String[]::new);
    }
}
