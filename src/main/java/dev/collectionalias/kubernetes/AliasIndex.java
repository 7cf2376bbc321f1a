package dev.collectionalias.kubernetes;

import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.observe.AliasDirectory;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.IndexerResourceCache;

/**
 * Finds aliases by the names that they refer to. An index knows the objects as the API server has sent them; this class adds what
 * the process has written since.
 */
public final class AliasIndex implements AliasDirectory {

    private static final String BY_ALIAS = "alias";
    private static final String BY_PREVIEW = "preview";
    private static final String BY_COLLECTION = "collection";
    private static final String BY_NEIGHBOUR = "neighbour";
    private static final String BY_CONNECTION = "connection";

    private final OwnWrites<CollectionAlias> ownWrites;
    private volatile IndexedResourceCache<CollectionAlias> cache;

    public AliasIndex(OwnWrites<CollectionAlias> ownWrites) {
        this.ownWrites = ownWrites;
    }

    /** The caller does this before the controller starts. */
    public void attach(IndexerResourceCache<CollectionAlias> aliases) {
        aliases.addIndexer(BY_ALIAS, alias -> List.of(key(alias.getSpec().database(), alias.getSpec().alias())));
        aliases.addIndexer(BY_CONNECTION, alias -> List.of(ConnectionName.of(Subjects.of(alias)).toString()));
        aliases.addIndexer(BY_PREVIEW, alias -> keys(alias, Subject::previewAliases));
        aliases.addIndexer(BY_COLLECTION, alias -> keys(alias, Subject::collections));
        aliases.addIndexer(BY_NEIGHBOUR, AliasIndex::neighbours);
        cache = aliases;
    }

    private static List<String> keys(CollectionAlias alias, Function<Subject, Set<String>> names) {
        Subject subject = Subjects.of(alias);
        return names.apply(subject).stream().map(name -> key(subject.spec().database(), name)).toList();
    }

    private static List<String> neighbours(CollectionAlias alias) {
        CollectionAliasSpec spec = alias.getSpec();
        return alias.getStatus() == null
                ? List.of()
                : alias.getStatus().neighbours().stream().map(neighbour -> key(spec.database(), neighbour.alias()))
                        .toList();
    }

    @Override
    public List<Subject> naming(String database, String alias) {
        return find(BY_ALIAS, key(database, alias)).map(Subjects::of).toList();
    }

    @Override
    public List<Subject> previewing(String database, String alias) {
        return find(BY_PREVIEW, key(database, alias)).map(Subjects::of)
                .filter(subject -> subject.previewAliases().contains(alias)).toList();
    }

    /** The objects that name this alias, as theirs or for a preview. */
    public List<Subject> claiming(String database, String alias) {
        return Stream.concat(naming(database, alias).stream(), previewing(database, alias).stream()).distinct()
                .toList();
    }

    @Override
    public List<Subject> needing(String database, String collection) {
        return find(BY_COLLECTION, key(database, collection)).map(Subjects::of)
                .filter(subject -> subject.collections().contains(collection)).toList();
    }

    @Override
    public List<Subject> remembering(String database, String alias) {
        return find(BY_NEIGHBOUR, key(database, alias)).map(Subjects::of).toList();
    }

    /** The aliases that use this connection. */
    public List<Subject> using(ConnectionName connection) {
        return find(BY_CONNECTION, connection.toString()).map(Subjects::of).toList();
    }

    public List<Subject> all() {
        return cache == null ? List.of() : cache.list().map(ownWrites::newest).map(Subjects::of).toList();
    }

    private Stream<CollectionAlias> find(String index, String key) {
        return cache == null
                ? Stream.empty()
                : cache.byIndex(index, key).stream()
                        .flatMap(indexed -> cache.get(ResourceID.fromResource(indexed)).stream())
                        .map(ownWrites::newest);
    }

    private static String key(String one, String other) {
        return one + '/' + other;
    }
}
