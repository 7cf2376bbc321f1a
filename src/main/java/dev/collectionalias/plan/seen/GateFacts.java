package dev.collectionalias.plan.seen;

import java.util.Optional;

/**
 * What was found out about a candidate, and about the collection that it is compared with: facts, no verdicts.
 *
 * @param baseline the collection that serves, or after the switch the one that served before; empty for a new alias
 * @param search   empty if the spec asks for no trial
 * @param webhook  empty if the spec names none
 * @param throughAlias why a search through the alias was not answered; an empty text if it was; nothing before the switch
 */
public record GateFacts(CollectionFacts candidate, Optional<CollectionFacts> baseline, Optional<SearchTrial> search,
        Optional<WebhookAnswer> webhook, Optional<String> throughAlias) {}
