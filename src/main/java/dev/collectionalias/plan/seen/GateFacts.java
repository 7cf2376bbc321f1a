package dev.collectionalias.plan.seen;

import java.util.Optional;

/**
 * Facts about a candidate, and about the collection to compare it with. The gates make verdicts of them.
 *
 * @param baseline the collection that serves, or after the switch the one before it; empty for a new alias
 * @param search   empty if the spec asks for no trial
 * @param webhook  empty if the spec names none
 * @param throughAlias how the server answered a call through the alias; empty before the switch
 */
public record GateFacts(CollectionFacts candidate, Optional<CollectionFacts> baseline, Optional<SearchTrial> search,
        Optional<WebhookAnswer> webhook, Optional<AliasTrial> throughAlias) {}
