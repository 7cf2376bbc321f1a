package dev.collectionalias.plan.seen;

import java.util.Optional;
import java.util.Set;

/**
 * What Milvus says of an alias, at one moment.
 *
 * @param mapping  the collection that the alias points at; empty if there is no such alias
 * @param target   what {@code spec.collection} names
 * @param active   the collection that the alias pointed at when last seen, if it still exists
 * @param remedies what the server needs before all searches follow a switch
 * @param confirmationTried whether the last switch could not be confirmed a moment ago, in the same pass
 */
public record Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active,
        Set<SwitchRemedy> remedies, boolean confirmationTried) {

    public Observation(Optional<CollectionState> mapping, Target target, Optional<CollectionState> active,
            Set<SwitchRemedy> remedies) {
        this(mapping, target, active, remedies, false);
    }

    /** The same once the operator has pointed the alias there. */
    public Observation pointingAt(CollectionState to) {
        return new Observation(Optional.of(to), target, active, remedies, confirmationTried);
    }

    /** The same once the operator has tried to confirm the last switch, in vain. */
    public Observation afterConfirmation() {
        return new Observation(mapping, target, active, remedies, true);
    }
}
