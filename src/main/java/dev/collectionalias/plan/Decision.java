package dev.collectionalias.plan;

import java.util.List;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.api.v1alpha1.Reason;

/** What to do next: one effect at most. */
public sealed interface Decision {

    /** Nothing, not even a report: an event will tell more. */
    record Hold() implements Decision {}

    /** The alias is where it should be. */
    record Settled() implements Decision {}

    /** Look, but touch nothing, as the user asked. */
    record Suspend() implements Decision {}

    /** Say what is in the way. */
    record Wait(Problem problem) implements Decision {}

    /** Remember that the alias is about to be created by this object: a crash in between must not orphan it. */
    record Claim(CollectionState target) implements Decision {}

    /** Own the alias as it is, without a call to Milvus. */
    record Take(CollectionState at, Cause cause) implements Decision {}

    /** Create the alias, or store it again if it dangles. */
    record Create(CollectionState target, Cause cause) implements Decision {}

    /** Point the alias elsewhere in one atomic call. */
    record Switch(CollectionState from, CollectionState to, Cause cause) implements Decision {}

    /**
     * Drop the alias and store its neighbours again.
     *
     * @param remembered the neighbours that status remembers already
     */
    record Drop(DropMode mode, List<Neighbour> remembered) implements Decision {}

    /** What is left to do of a drop. */
    enum DropMode {
        /** The alias points where this object put it. */
        DROP,
        /** The alias points nowhere, since its collection was dropped, but its name is still taken. */
        DROP_DANGLING,
        /** The alias must not be dropped any more, or is gone; only its neighbours are left to do. */
        MEND_ONLY
    }

    /** Let the object go and leave the alias as it is. */
    record Leave(Reason reason, String why) implements Decision {}
}
