package dev.collectionalias.plan.cutover;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.api.v1alpha1.Verdict;
import dev.collectionalias.plan.OneLine;
import dev.collectionalias.plan.seen.GateFacts;

/** One condition on a candidate, as a named predicate on facts. */
interface Gate {

    /** The name that users read in {@code status.candidate.gates}. */
    String name();

    /** @return empty if the spec does not ask for the gate, or the gate has nothing to compare with */
    Optional<Judgement> judge(Cutover.Gates spec, GateFacts facts);

    /** @param message one sentence with the numbers */
    record Judgement(Verdict verdict, String message) {

        public Judgement {
            message = OneLine.of(message);
        }

        static Optional<Judgement> passed(String message) {
            return Optional.of(new Judgement(Verdict.Passed, message));
        }

        static Optional<Judgement> waiting(String message) {
            return Optional.of(new Judgement(Verdict.Waiting, message));
        }

        static Optional<Judgement> failed(String message) {
            return Optional.of(new Judgement(Verdict.Failed, message));
        }
    }

    default Optional<GateResult> ask(Cutover.Gates spec, GateFacts facts) {
        return judge(spec, facts).map(says -> new GateResult(name(), says.verdict(), says.message()));
    }
}
