package dev.collectionalias.gitops.server;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.MilvusGateway;

/**
 * The aliases that the descriptions of a database's collections name. The list of aliases may leave one out (pymilvus#2939).
 *
 * @param unlisted where each alias points that the list leaves out
 * @param doubts   sentences about aliases that may be missing, or that did not come from the list
 */
record SecondLook(TreeMap<String, String> unlisted, List<String> doubts) {

    /** @param listed the aliases in the list */
    static SecondLook at(MilvusGateway milvus, String database, Collection<String> listed) {
        SecondLook look = new SecondLook(new TreeMap<>(), new ArrayList<>());
        try {
            look.ask(milvus, database, listed);
        } catch (MilvusException e) {
            if (e.kind() != Kind.PERMISSION_DENIED) {
                throw e;
            }
            look.doubts.add(format("aliases of database %s that listAliases leaves out may be missing: %s", database,
                    e.getMessage()));
        }
        return look;
    }

    private void ask(MilvusGateway milvus, String database, Collection<String> listed) {
        List<String> collections = milvus.listCollections(database);
        List<Set<String>> described = Crowd.map(collections, name -> milvus.aliasesOf(database, name), done -> {});
        Set<String> all = new TreeSet<>();
        described.forEach(all::addAll);
        if (all.isEmpty() && !listed.isEmpty()) {
            doubts.add(format("aliases of database %s that listAliases leaves out may be missing: this server does not "
                    + "say of a collection which aliases it has", database));
        }
        all.removeAll(listed);
        for (String alias : all) { // a proxy may remember an alias that somebody has dropped or moved
            Optional<String> target = milvus.describeAlias(database, alias);
            target.ifPresent(collection -> {
                unlisted.put(alias, collection);
                doubts.add(format("alias %s is not in the list of aliases, but collection %s names it",
                        new AliasName(database, alias), collection));
            });
        }
    }
}
