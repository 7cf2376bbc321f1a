package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;

/**
 * What is known of a collection that may be released from memory.
 *
 * @param now        what it is now; empty if there is no such collection any more
 * @param rows       how many rows it has
 * @param aliases    the aliases that point at it
 * @param users      the other objects that name it
 * @param unreadable why the server does not tell, if so; all else is unknown then
 */
public record RetirementFacts(Optional<CollectionState> now, long rows, List<String> aliases,
        List<ObjectName> users, Optional<Problem> unreadable) {

    public RetirementFacts(Optional<CollectionState> now, long rows, List<String> aliases,
            List<ObjectName> users) {
        this(now, rows, aliases, users, Optional.empty());
    }
}
