package dev.collectionalias.plan.cutover;

import static java.lang.String.format;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.seen.GateFacts;

/** All gates, in the order in which people read them. None is left out because another one waits. */
public final class Gates {

    private static final List<Gate> BEFORE = List.of(new ExistsGate(), new LoadedGate(), new SchemaGate(),
            new RowsGate(), new SearchGate(), new WebhookGate());
    private static final List<Gate> AFTER = List.of(new ServingGate(), new LoadedGate(), new SchemaGate(),
            new RowsGate(), new SearchGate(), new WebhookGate());

    private Gates() {}

    /** What the gates say before a switch. */
    static List<GateResult> judge(Cutover.Gates spec, GateFacts facts) {
        return ask(BEFORE, spec, facts);
    }

    /** What they say while a switch is verified. */
    static List<GateResult> judgeAgain(Cutover.Gates spec, GateFacts facts) {
        return ask(AFTER, spec, facts);
    }

    private static List<GateResult> ask(List<Gate> gates, Cutover.Gates spec, GateFacts facts) {
        return gates.stream().map(gate -> gate.ask(spec, facts)).flatMap(Optional::stream).toList();
    }

    /** What they say of a candidate that there is nothing to be known about. */
    static List<GateResult> missing(String collection, String database) {
        return List.of(new GateResult(ExistsGate.NAME, Verdict.Waiting,
                format("collection %s does not exist in database %s", collection, database)));
    }

    public static boolean allPassed(List<GateResult> results) {
        return results.stream().allMatch(result -> result.verdict() == Verdict.Passed);
    }

    /** Whether there are any that were asked, and none stands in the way. */
    static boolean askedAndPassed(List<GateResult> results) {
        return !results.isEmpty() && allPassed(results);
    }

    public static boolean anyFailed(List<GateResult> results) {
        return results.stream().anyMatch(result -> result.verdict() == Verdict.Failed);
    }

    /** Whether all that is not passed is a webhook without an answer, which says nothing of the collection. */
    static boolean onlyUnanswered(List<GateResult> results) {
        return results.stream().filter(result -> result.verdict() != Verdict.Passed)
                .allMatch(result -> result.name().equals(WebhookGate.NAME) && result.verdict() == Verdict.Waiting);
    }

    static boolean onlyNotLoaded(List<GateResult> results) {
        return results.stream().filter(result -> result.verdict() != Verdict.Passed)
                .allMatch(result -> result.name().equals(LoadedGate.NAME));
    }

    /** What those say that have not passed, in one sentence. */
    static String obstacles(List<GateResult> results) {
        return results.stream().filter(result -> result.verdict() != Verdict.Passed)
                .map(result -> result.name() + ": " + result.message()).collect(Collectors.joining("; "));
    }
}
