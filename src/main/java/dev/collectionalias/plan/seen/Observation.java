package dev.collectionalias.plan.seen;

import java.util.Optional;
import java.util.Set;

/**
 * What Milvus says of an alias, at one moment.
 *
 * @param mapping  the collection that the alias points at; empty if there is no such alias
 * @param target   the thing that {@code spec.collection} names
 * @param active   the collection that the alias pointed at when the operator last saw it, if it still exists
 * @param remedies the calls that the server needs before all searches follow a switch
 * @param confirmationTried whether this pass has tried in vain to confirm the last switch
 */
public record Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active,
        Set<SwitchRemedy> remedies, boolean confirmationTried) {

    public Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active,
            Set<SwitchRemedy> remedies) {
        this(mapping, target, active, remedies, false);
    }

    /** Whether the server may still answer some searches from the collection before, until the operator confirms the switch. */
    public boolean mayAnswerStale() {
        return !remedies.isEmpty();
    }

    /** This observation once the operator has pointed the alias there. */
    public Observation pointingAt(CollectionState to) {
        return new Observation(Optional.of(to), target, active, remedies, confirmationTried);
    }

    /** This observation once the operator has tried in vain to confirm the last switch. */
    public Observation afterConfirmation() {
        return new Observation(mapping, target, active, remedies, true);
    }
}
