package dev.collectionalias.plan.step;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.plan.Problem;

/** What a pass says of its object at the end. */
public sealed interface Conclusion {

    /** The alias is where it should be. */
    record InSync() implements Conclusion {}

    /** The operator has switched the alias, and watches it. */
    record Verifying() implements Conclusion {}

    /**
     * Something is in the way.
     *
     * @param gates the answers of the candidate's gates; empty where no rule asked them
     */
    record Blocked(Problem problem, List<GateResult> gates) implements Conclusion {}

    /** The operator observes the alias and does not change it, as the user asked. */
    record Suspended() implements Conclusion {}

    /** The pass has nothing new to say. An event or the time will tell more. */
    record Nothing() implements Conclusion {}
}
