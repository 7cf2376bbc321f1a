package dev.collectionalias.plan.cutover;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Retiring;
import dev.collectionalias.plan.CollectionState;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Problem;

/**
 * What is known of a collection that may be released from memory.
 *
 * @param about      what is remembered of it
 * @param now        what it is now; empty if there is no such collection any more
 * @param rows       how many rows it has
 * @param aliases    the aliases that point at it
 * @param users      the other objects that name it
 * @param unreadable why the server does not tell, if so; all else is unknown then
 */
public record RetirementFacts(Retiring about, Optional<CollectionState> now, long rows, List<String> aliases,
        List<ObjectName> users, Optional<Problem> unreadable) {

    public RetirementFacts(Retiring about, Optional<CollectionState> now, long rows, List<String> aliases,
            List<ObjectName> users) {
        this(about, now, rows, aliases, users, Optional.empty());
    }
}
