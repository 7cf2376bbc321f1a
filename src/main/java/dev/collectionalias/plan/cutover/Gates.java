package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.seen.GateFacts;

/** All gates, in the order in which people read them. The operator leaves none out because another one waits. */
public final class Gates {

    private static final List<Gate> BEFORE = List.of(new ExistsGate(), new LoadedGate(), new ReplicasGate(true),
            new SchemaGate(), new RowsGate(), new SearchGate(), new WebhookGate());
    private static final List<Gate> AFTER = List.of(new ServingGate(), new LoadedGate(), new ReplicasGate(false),
            new SchemaGate(), new RowsGate(), new SearchGate(), new WebhookGate());

    private Gates() {}

    /** The answers of the gates before a switch. */
    static List<GateResult> judge(Cutover.Gates spec, GateFacts facts) {
        return ask(BEFORE, spec, facts);
    }

    /** The answers of the gates during a verification. */
    static List<GateResult> judgeAgain(Cutover.Gates spec, GateFacts facts) {
        return ask(AFTER, spec, facts);
    }

    private static List<GateResult> ask(List<Gate> gates, Cutover.Gates spec, GateFacts facts) {
        return gates.stream().map(gate -> gate.ask(spec, facts)).flatMap(Optional::stream).toList();
    }

    /** The answers of the gates about a candidate that does not exist. */
    static List<GateResult> missing(String collection, String database) {
        return List.of(new GateResult(ExistsGate.NAME, Verdict.Waiting,
                format("collection %s does not exist in database %s", collection, database)));
    }

    public static boolean allPassed(List<GateResult> results) {
        return results.stream().allMatch(result -> result.verdict() == Verdict.Passed);
    }

    /** Whether some gates were asked, and all of them passed. */
    static boolean askedAndPassed(List<GateResult> results) {
        return !results.isEmpty() && allPassed(results);
    }

    public static boolean anyFailed(List<GateResult> results) {
        return results.stream().anyMatch(result -> result.verdict() == Verdict.Failed);
    }

    /** Whether a webhook without an answer is all that has not passed. That says nothing of the collection. */
    static boolean onlyUnanswered(List<GateResult> results) {
        return results.stream().filter(result -> result.verdict() != Verdict.Passed)
                .allMatch(result -> result.name().equals(WebhookGate.NAME) && result.verdict() == Verdict.Waiting);
    }

    /** Whether the candidate has yet to be loaded, and nothing else is to be done. A load brings the replicas, too. */
    static boolean onlyNotLoaded(List<GateResult> results) {
        Set<String> names = results.stream().filter(result -> result.verdict() != Verdict.Passed)
                .map(GateResult::name).collect(Collectors.toSet());
        return names.contains(LoadedGate.NAME) && Set.of(LoadedGate.NAME, ReplicasGate.NAME).containsAll(names);
    }

    /** The messages of the gates that have not passed, in one sentence. */
    static String obstacles(List<GateResult> results) {
        return results.stream().filter(result -> result.verdict() != Verdict.Passed)
                .map(result -> result.name() + ": " + result.message()).collect(Collectors.joining("; "));
    }
}
