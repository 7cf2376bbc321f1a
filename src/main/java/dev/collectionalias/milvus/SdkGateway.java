package dev.collectionalias.milvus;

import java.util.List;
import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.plan.cutover.Loading;
import dev.collectionalias.plan.cutover.Loading.Stage;
import dev.collectionalias.plan.cutover.RowCount;
import dev.collectionalias.plan.cutover.Schema;
import dev.collectionalias.plan.cutover.SearchTrial;
import io.milvus.v2.service.collection.request.DescribeCollectionReq;
import io.milvus.v2.service.collection.request.HasCollectionReq;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;

/** The gateway on top of the Milvus SDK: bridges what servers differ in. Two of one client and deadline are equal. */
record SdkGateway(ServerCalls calls) implements MilvusGateway {

    @Override
    public List<String> databases() {
        return calls.databases();
    }

    @Override
    public Optional<String> describeAlias(String database, String alias) {
        return calls.find(database, "describeAlias " + alias, sdk -> sdk
                .describeAlias(DescribeAliasReq.builder().databaseName(database).alias(alias).build())
                .getCollectionName());
    }

    @Override
    public List<String> listAliases(String database) {
        return listAliases(database, "");
    }

    @Override
    public List<String> listAliases(String database, String collection) {
        return calls.find(database, ("listAliases " + collection).strip(), sdk -> sdk
                .listAliases(ListAliasesReq.builder().databaseName(database).collectionName(collection).build())
                .getAlias()).orElse(List.of());
    }

    @Override
    public Optional<String> collectionId(String database, String collection) {
        try {
            return calls.find(database, "describeCollection " + collection,
                    sdk -> String.valueOf(sdk.describeCollection(DescribeCollectionReq.builder()
                            .databaseName(database).collectionName(collection).build()).getCollectionID()));
        } catch (MilvusException e) {
            // The SDK can't read every collection (one of consistency "Customized", for example).
            if (e.kind() == Kind.UNREADABLE && hasCollection(database, collection)) {
                return Optional.of("0");
            }
            throw e;
        }
    }

    private boolean hasCollection(String database, String collection) {
        return calls.call("hasCollection " + collection, sdk -> sdk.hasCollection(
                HasCollectionReq.builder().databaseName(database).collectionName(collection).build()));
    }

    @Override
    public boolean isLoaded(String database, String collection) {
        return loadStates().of(database, collection).stage() == Stage.LOADED;
    }

    @Override
    public Loading loading(String database, String collection) {
        return loadStates().probe(database, collection);
    }

    @Override
    public Optional<Schema> schema(String database, String collection) {
        return schemas().of(database, collection);
    }

    @Override
    public RowCount rowCount(String database, String collection) {
        return new RowCounts(calls, loadStates()).of(database, collection);
    }

    @Override
    public SearchTrial trySearch(String database, String active, String candidate, Cutover.Search spec) {
        return new TrialSearch(calls, loadStates(), schemas(), database, spec).of(active, candidate);
    }

    @Override
    public void load(String database, String collection) {
        loadStates().load(database, collection);
    }

    @Override
    public void release(String database, String collection) {
        loadStates().release(database, collection);
    }

    private LoadStates loadStates() {
        return new LoadStates(calls);
    }

    private Schemas schemas() {
        return new Schemas(calls);
    }

    @Override
    public void createAlias(String database, String alias, String collection) {
        try {
            calls.run(database, "createAlias " + alias, () -> calls.sdk().createAlias(CreateAliasReq.builder()
                    .databaseName(database).alias(alias).collectionName(collection).build()));
        } catch (MilvusException e) {
            if (e.kind() != Kind.ALIAS_EXISTS) {
                throw e;
            }
            // Servers differ in what they say to an alias that is there already; where it points decides.
            Optional<String> target = describeAlias(database, alias);
            if (target.isEmpty()) {
                alterAlias(database, alias, collection);
            } else if (!target.get().equals(collection)) {
                throw e;
            }
        }
    }

    @Override
    public void alterAlias(String database, String alias, String collection) {
        calls.run(database, "alterAlias " + alias, () -> calls.sdk().alterAlias(
                AlterAliasReq.builder().databaseName(database).alias(alias).collectionName(collection).build()));
    }

    @Override
    public void dropAlias(String database, String alias) {
        calls.run(database, "dropAlias " + alias,
                () -> calls.sdk().dropAlias(DropAliasReq.builder().databaseName(database).alias(alias).build()));
    }
}
