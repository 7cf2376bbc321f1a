package dev.collectionalias.plan.step;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.GateResult;
import dev.collectionalias.plan.Problem;

/** What a pass has to say of its object at the end. */
public sealed interface Conclusion {

    /** The alias is where it should be. */
    record InSync() implements Conclusion {}

    /** The alias was switched and is being watched. */
    record Verifying() implements Conclusion {}

    /**
     * Something is in the way.
     *
     * @param gates what the gates of the candidate say; empty where they were not asked
     */
    record Blocked(Problem problem, List<GateResult> gates) implements Conclusion {}

    /** The alias is observed and not changed, as the user asked. */
    record Suspended() implements Conclusion {}

    /** Nothing: an event will tell more. */
    record Nothing() implements Conclusion {}
}
