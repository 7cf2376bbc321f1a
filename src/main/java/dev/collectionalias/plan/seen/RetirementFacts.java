package dev.collectionalias.plan.seen;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;

/**
 * The facts about a collection that the operator may release from memory.
 *
 * @param now        the collection as it is now; empty if it does not exist any more
 * @param rows       how many rows it has
 * @param aliases    the aliases that point at it
 * @param users      the other objects that name it
 * @param unreadable why the server does not tell, if so; the other facts mean nothing then
 */
public record RetirementFacts(Optional<CollectionState> now, long rows, List<String> aliases,
        List<ObjectName> users, Optional<Problem> unreadable) {

    public RetirementFacts(Optional<CollectionState> now, long rows, List<String> aliases,
            List<ObjectName> users) {
        this(now, rows, aliases, users, Optional.empty());
    }
}
