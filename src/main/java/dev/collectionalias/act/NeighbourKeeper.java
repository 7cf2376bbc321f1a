package dev.collectionalias.act;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Neighbour;
import dev.collectionalias.milvus.MilvusGateway;
import dev.collectionalias.plan.AliasKey;

/**
 * Keeps alive the aliases whose names begin with the name of a dropped one. Servers without the fix of milvus#33288 wipe
 * the stored form of these neighbours along with the dropped alias. They answer as before until the server restarts, and
 * are gone then. An alter to the target that such an alias already has stores it again.
 */
final class NeighbourKeeper {

    /** If somebody moves a neighbour meanwhile, the operator stores it where it is then. */
    private static final int MOST_TRIES = 3;

    private final MilvusGateway gateway;
    private final AliasKey dropped;

    NeighbourKeeper(MilvusGateway gateway, AliasKey dropped) {
        this.gateway = gateway;
        this.dropped = dropped;
    }

    /** The neighbours and where they point, by name. A neighbour that points nowhere has nothing to lose. */
    List<Neighbour> find() {
        return gateway.listAliases(dropped.database()).stream()
                .filter(alias -> alias.startsWith(dropped.alias()) && !alias.equals(dropped.alias())).sorted()
                .flatMap(alias -> gateway.describeAlias(dropped.database(), alias)
                        .map(collection -> new Neighbour(alias, collection)).stream())
                .toList();
    }

    void storeAgain(Neighbour neighbour) {
        Optional<String> target = gateway.describeAlias(dropped.database(), neighbour.alias());
        if (target.isEmpty()) {
            bringBack(neighbour);
            return;
        }
        for (int tries = 0; tries < MOST_TRIES && target.isPresent(); tries++) {
            gateway.alterAlias(dropped.database(), neighbour.alias(), target.get());
            Optional<String> now = gateway.describeAlias(dropped.database(), neighbour.alias());
            if (now.equals(target)) {
                return;
            }
            target = now;
        }
    }

    /** The server restarted after the drop, and has forgotten the neighbour. */
    private void bringBack(Neighbour neighbour) {
        if (gateway.collectionId(dropped.database(), neighbour.collection()).isPresent()) {
            gateway.createAlias(dropped.database(), neighbour.alias(), neighbour.collection());
        }
    }
}
