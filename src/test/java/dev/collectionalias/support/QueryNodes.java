package dev.collectionalias.support;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The nodes that hold the replicas of collections in memory; the rules are internal/querycoordv2/utils/meta.go. */
final class QueryNodes {

    static final String DEFAULT_GROUP = "__default_resource_group";

    private final ServerProfile profile;
    private final Map<String, Integer> nodesByGroup = new HashMap<>(Map.of(DEFAULT_GROUP, 1));

    QueryNodes(ServerProfile profile) {
        this.profile = profile;
    }

    void set(String group, int nodes) {
        nodesByGroup.put(group, nodes);
    }

    /**
     * The resource group of each replica, once somebody has asked for that many.
     *
     * @param groups none, one for all, or one for each
     */
    List<String> place(StoredCollection collection, int replicas, List<String> groups) {
        List<String> wanted = spread(replicas, groups);
        boolean loaded = collection.loadedPercent() != StoredCollection.NOT_LOADED;
        if (loaded && collection.replicas().size() != wanted.size() && !profile.changesReplicasOfLoadedCollections()) {
            throw ServerFailure.invalidParameter("can't change the replica number for loaded collection");
        }
        wanted.stream().distinct()
                .forEach(group -> requireNodes(group, wanted.stream().filter(group::equals).count()));
        return wanted;
    }

    private static List<String> spread(int replicas, List<String> groups) {
        if (groups.isEmpty()) {
            return Collections.nCopies(replicas, DEFAULT_GROUP);
        }
        if (groups.size() == 1) {
            return Collections.nCopies(replicas, groups.getFirst());
        }
        if (groups.size() != replicas) {
            throw ServerFailure.invalidParameter(
                    "replica=[%d] resource group=[%s], resource group num can only be 0, 1 or same as replica number",
                    replicas, String.join(",", groups));
        }
        return groups;
    }

    private void requireNodes(String group, long needed) {
        Integer nodes = nodesByGroup.get(group);
        if (nodes == null) {
            throw new ServerFailure(ServerFailure.RESOURCE_GROUP_NOT_FOUND,
                    "failed to spawn replica for collection: resource group not found[rg=%s]", group);
        }
        if (needed > nodes) {
            throw profile.tooFewNodes(group, nodes, needed);
        }
    }
}
