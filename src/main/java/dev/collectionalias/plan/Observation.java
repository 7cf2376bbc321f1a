package dev.collectionalias.plan;

import java.util.Optional;
import java.util.Set;

import dev.collectionalias.plan.cutover.GateFacts;
import dev.collectionalias.plan.cutover.PreviewSight;
import dev.collectionalias.plan.cutover.RetirementFacts;

/**
 * What Milvus says, at one moment.
 *
 * @param mapping the collection that the alias points at; empty if there is no such alias
 * @param target  what {@code spec.collection} names
 * @param active  the collection that the alias pointed at when last seen, if it still exists
 * @param back    the collection that the alias may have to go back to, if it still exists
 * @param facts   what the gates need to know, where {@code CutoverPlanner} asks them
 * @param preview what the preview alias is, where the object manages or wants one
 * @param retired what is known of a collection that may be released, where {@code RetirementPlanner} asks
 * @param remedies what the server needs before all searches follow a switch
 * @param confirmationTried whether it was tried already, in this pass, to confirm the last switch
 */
public record Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active,
        Optional<CollectionState> back, Optional<GateFacts> facts, Optional<PreviewSight> preview,
        Optional<RetirementFacts> retired, Set<SwitchRemedy> remedies, boolean confirmationTried) {

    public Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active,
            Optional<CollectionState> back, Optional<GateFacts> facts) {
        this(mapping, target, active, back, facts, Optional.empty(), Optional.empty(), Set.of(), false);
    }

    /** The same, and what is beside the alias itself. */
    public Observation with(Optional<PreviewSight> previewAlias, Optional<RetirementFacts> retirement) {
        return new Observation(mapping, target, active, back, facts, previewAlias, retirement, remedies,
                confirmationTried);
    }

    /** The same, on a server that needs these. */
    public Observation with(Set<SwitchRemedy> needed) {
        return new Observation(mapping, target, active, back, facts, preview, retired, needed, confirmationTried);
    }

    Observation afterConfirmation() {
        return new Observation(mapping, target, active, back, facts, preview, retired, remedies, true);
    }
}
