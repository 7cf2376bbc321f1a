package dev.collectionalias.plan.seen;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;

/** All that one look could find out about an object's surroundings. */
public sealed interface Sight {

    /** The server that the operator looked at, if any. */
    default Optional<String> endpoint() {
        return switch (this) {
            case Unclear unclear -> Optional.of(unclear.key().endpoint());
            case Elsewhere elsewhere -> Optional.of(elsewhere.key().endpoint());
            case Clear clear -> Optional.of(clear.key().endpoint());
            case Unneeded ignored -> Optional.empty();
            case Connecting ignored -> Optional.empty();
            case NoConnection ignored -> Optional.empty();
            case NotAllowed ignored -> Optional.empty();
            case KindLeaving leaving -> leaving.key().map(AliasKey::endpoint);
        };
    }

    /** The object's own spec and status say everything. */
    record Unneeded() implements Sight {}

    /** The connection controller connects for the first time, or anew. An event comes when that is over. */
    record Connecting() implements Sight {}

    /**
     * There is no client to look with.
     *
     * @param goneSince since when the connection or its Secret does not exist; empty where it does, and only fails
     * @param forGood   whether somebody is deleting the connection, too, so that nobody is about to replace the loss
     */
    record NoConnection(Problem problem, Optional<Instant> goneSince, boolean forGood) implements Sight {

        public NoConnection(Problem problem, Optional<Instant> goneSince) {
            this(problem, goneSince, false);
        }
    }

    /**
     * Somebody is deleting the CustomResourceDefinition, and so each of its objects. Nobody may have meant this alias.
     *
     * @param key where the operator has to mend a drop that it had begun before
     */
    record KindLeaving(Optional<AliasKey> key) implements Sight {}

    /**
     * The connection does not let the object have its aliases, so the operator has not looked at Milvus.
     *
     * @param lostOn the server on which another object has taken over the alias that this one held, if one has
     */
    record NotAllowed(Problem problem, Optional<String> lostOn) implements Sight {}

    /** There is a client, but Milvus did not answer as it should. */
    record Unclear(AliasKey key, Problem problem) implements Sight {}

    /** The alias is another object's. The operator has not asked Milvus about it. */
    record Elsewhere(AliasKey key, Standing.Behind standing) implements Sight {}

    /**
     * Milvus answered.
     *
     * @param pendingDrops objects that have begun a drop and still have to store this alias again
     */
    record Clear(AliasKey key, Standing standing, Observation observation, List<ObjectName> pendingDrops)
            implements
                Sight {

        public Clear with(Observation another) {
            return new Clear(key, standing, another, pendingDrops);
        }

        /** This sight once the object has taken the alias. */
        public Clear asOwner() {
            return new Clear(key, new Standing.Owner(), observation, pendingDrops);
        }
    }
}
