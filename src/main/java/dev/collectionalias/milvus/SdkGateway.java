package dev.collectionalias.milvus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.Loading;
import dev.collectionalias.plan.seen.Replicas;
import dev.collectionalias.plan.seen.RowCount;
import dev.collectionalias.plan.seen.Schema;
import dev.collectionalias.plan.seen.SearchTrial;

/** The gateway on top of the Milvus SDK. Two gateways of the same client and deadline are equal. */
record SdkGateway(ServerCalls calls) implements MilvusGateway {

    @Override
    public List<String> databases() {
        return calls.databases();
    }

    @Override
    public List<String> listCollections(String database) {
        return collections(database).list();
    }

    @Override
    public Optional<String> describeAlias(String database, String alias) {
        return aliases(database).describe(alias);
    }

    @Override
    public List<String> listAliases(String database) {
        return aliases(database).list("");
    }

    @Override
    public List<String> listAliases(String database, String collection) {
        return aliases(database).list(collection);
    }

    @Override
    public Set<String> aliasesOf(String database, String collection) {
        return collections(database).aliases(collection);
    }

    @Override
    public Optional<String> collectionId(String database, String collection) {
        return collections(database).id(collection);
    }

    @Override
    public Optional<Map<String, String>> collectionProperties(String database, String collection) {
        return collections(database).properties(collection);
    }

    @Override
    public boolean isLoaded(String database, String collection) {
        return loadStates(database).of(collection).isLoaded();
    }

    @Override
    public Loading loading(String database, String collection) {
        return loadStates(database).probe(collection);
    }

    @Override
    public Optional<Schema> schema(String database, String collection) {
        return new CollectionSchemas(calls.in(database)).of(collection);
    }

    @Override
    public RowCount rowCount(String database, String collection) {
        return new RowCounts(calls.in(database), loadStates(database)).of(collection);
    }

    @Override
    public SearchTrial trySearch(String database, String active, String candidate, Cutover.Search spec) {
        ServerCalls there = calls.in(database);
        return new TrialSearch(there, loadStates(database), new CollectionSchemas(there), spec).of(active, candidate);
    }

    @Override
    public AliasTrial tryAlias(String database, String alias) {
        ServerCalls there = calls.in(database);
        return new AliasSearch(there, loadStates(database), new CollectionSchemas(there)).through(alias);
    }

    @Override
    public AliasProof proveSwitch(String database, String alias, CollectionState active, String before) {
        ServerCalls there = calls.in(database);
        return new Witnesses(there, loadStates(database), new CollectionSchemas(there), alias, active, before).ask();
    }

    @Override
    public Replicas replicas(String database, String collection) {
        return loadStates(database).replicas(collection);
    }

    @Override
    public void load(String database, String collection, List<String> resourceGroups) {
        loadStates(database).load(collection, resourceGroups);
    }

    @Override
    public void release(String database, String collection) {
        loadStates(database).release(collection);
    }

    @Override
    public void setProperty(String database, String collection, String key, String value) {
        collections(database).setProperty(collection, key, value);
    }

    @Override
    public void dropProperty(String database, String collection, String key) {
        collections(database).dropProperty(collection, key);
    }

    @Override
    public void createAlias(String database, String alias, String collection) {
        aliases(database).create(alias, collection);
    }

    @Override
    public void alterAlias(String database, String alias, String collection) {
        aliases(database).alter(alias, collection);
    }

    @Override
    public void dropAlias(String database, String alias) {
        aliases(database).drop(alias);
    }

    private Aliases aliases(String database) {
        return new Aliases(calls.in(database));
    }

    private Collections collections(String database) {
        return new Collections(calls.in(database));
    }

    private LoadStates loadStates(String database) {
        return new LoadStates(calls.in(database));
    }
}
