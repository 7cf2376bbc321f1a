package dev.collectionalias.observe;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.plan.AliasKey;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.RetirementFacts;

/** Looks at a collection that the alias has left. */
final class RetirementObserver {

    private final ClaimBook claims;

    RetirementObserver(ClaimBook claims) {
        this.claims = claims;
    }

    /** Memory can wait. If the server does not answer, the operator asks again later and holds nothing else up. */
    Optional<RetirementFacts> observe(Subject subject, AliasKey key, MilvusGateway gateway, String collection) {
        try {
            return Optional.of(facts(subject, key, gateway, collection));
        } catch (MilvusException e) {
            Problem problem = MilvusProblems.of(e);
            return problem.isStalled()
                    ? Optional.of(new RetirementFacts(Optional.empty(), 0, List.of(), List.of(), Optional.of(problem)))
                    : Optional.empty();
        }
    }

    private RetirementFacts facts(Subject subject, AliasKey key, MilvusGateway gateway, String name) {
        Optional<CollectionState> now = gateway.collectionId(key.database(), name)
                .map(id -> new CollectionState(name, id, gateway.isLoaded(key.database(), name)));
        boolean inMemory = now.filter(CollectionState::loaded).isPresent();
        return inMemory
                ? new RetirementFacts(now, gateway.rowCount(key.database(), name).rows(),
                        aliases(key.database(), name, gateway), claims.users(subject, key, name))
                : new RetirementFacts(now, 0, List.of(), List.of());
    }

    /**
     * Asks for the collection's description besides its list of aliases: an alias that the list leaves out would lose its
     * searches (pymilvus#2939). But the description may be an old one that a proxy remembers. So an alias that only the
     * description names counts unless it points elsewhere.
     */
    private static List<String> aliases(String database, String collection, MilvusGateway gateway) {
        Set<String> aliases = new TreeSet<>(gateway.listAliases(database, collection));
        gateway.aliasesOf(database, collection).stream()
                .filter(alias -> aliases.contains(alias)
                        || gateway.describeAlias(database, alias).filter(there -> !there.equals(collection)).isEmpty())
                .forEach(aliases::add);
        return List.copyOf(aliases);
    }
}
