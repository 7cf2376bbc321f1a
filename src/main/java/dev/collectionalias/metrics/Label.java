package dev.collectionalias.metrics;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.plan.Problem;

/** A label and its possible values: the names of existing objects, or a closed list. */
public enum Label {
    HOLDER("The name of the pod that holds the lease."),
    NAMESPACE("The object's namespace."),
    NAME("The object's name."),
    ALIAS("`spec.alias`."),
    DATABASE("`spec.database`."),
    COLLECTION("`spec.collection`."),
    ACTIVE("The collection that the alias points at; empty while that is unknown."),
    CONNECTION("The connection: `namespace/name` of a MilvusConnection, `name` of a ClusterMilvusConnection."),
    REASON("The reason of the condition `Stalled`: " + list(Stream.of(Reason.values())
            .filter(reason -> new Problem(reason, "").isStalled() || reason == Reason.DropFailed))),
    CAUSE("The cause of the change, as in the alias' history: " + list(AliasCounts.CAUSES.stream())),
    RESULT("Of a change: " + list(Stream.of(AliasCounts.SwitchResult.values())) + " Of drift: "
            + list(Stream.of(AliasCounts.DriftResult.values()))),
    METHOD("The call, as the Milvus SDK names it."),
    CODE("`" + RpcMeters.OK + "`, or the kind of error: "
            + list(Arrays.stream(MilvusException.Kind.values())));

    private final String meaning;

    Label(String meaning) {
        this.meaning = meaning;
    }

    /** The label's name in Prometheus. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The label's values, in a sentence or two. */
    public String meaning() {
        return meaning;
    }

    private static String list(Stream<?> values) {
        return values.map(value -> "`" + value + "`").collect(Collectors.joining(", ", "", "."));
    }
}
