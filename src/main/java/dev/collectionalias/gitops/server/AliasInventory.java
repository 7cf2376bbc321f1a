package dev.collectionalias.gitops.server;

import static java.lang.String.format;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import dev.collectionalias.milvus.MilvusGateway;

/**
 * The aliases of a server.
 *
 * @param targets  the collection that each alias points at
 * @param dangling the aliases whose collection was dropped
 * @param doubts   sentences about what may be missing
 */
public record AliasInventory(Map<AliasName, String> targets, List<AliasName> dangling, List<String> doubts) {

    /**
     * Asks the server.
     *
     * @param databases to look into; empty: all
     * @param progress  hears how far the reading has come
     */
    public static AliasInventory take(MilvusGateway milvus, List<String> databases, Consumer<String> progress) {
        List<String> all = databases.isEmpty() ? milvus.databases() : databases;
        List<AliasName> names = new ArrayList<>();
        Map<AliasName, String> found = new TreeMap<>();
        List<String> doubts = new ArrayList<>();
        for (String database : all.stream().distinct().sorted().toList()) {
            progress.accept(format("listing the aliases of database %s", database));
            List<String> listed = milvus.listAliases(database);
            listed.stream().sorted().map(alias -> new AliasName(database, alias)).forEach(names::add);
            SecondLook second = SecondLook.at(milvus, database, listed);
            second.unlisted().forEach((alias, target) -> found.put(new AliasName(database, alias), target));
            doubts.addAll(second.doubts());
        }
        List<Optional<String>> targets = Crowd.map(names,
                name -> milvus.describeAlias(name.database(), name.alias()),
                done -> progress.accept(format("%d of %d aliases are read", done, names.size())));
        List<AliasName> dangling = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            AliasName name = names.get(i);
            targets.get(i).ifPresentOrElse(target -> found.put(name, target), () -> dangling.add(name));
        }
        return new AliasInventory(found, dangling, doubts);
    }
}
