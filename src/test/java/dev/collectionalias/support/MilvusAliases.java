package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.common.ConsistencyLevel;
import io.milvus.v2.exception.MilvusClientException;
import io.milvus.v2.service.utility.request.AlterAliasReq;
import io.milvus.v2.service.utility.request.CreateAliasReq;
import io.milvus.v2.service.utility.request.DescribeAliasReq;
import io.milvus.v2.service.utility.request.DropAliasReq;
import io.milvus.v2.service.utility.request.ListAliasesReq;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;

/** What somebody sees who asks a real Milvus about aliases without the operator, in the database {@code default} unless another is named. */
public final class MilvusAliases implements AutoCloseable {

    private static final List<String> NOT_FOUND = List.of("not found", "not exist");

    private static final int MOST_FOUND = 100;

    private final MilvusClientV2 sdk;

    public MilvusAliases(MilvusServer milvus) {
        sdk = SdkClients.of(milvus, 30_000);
    }

    /** The collection that the alias points at; empty if there is no such alias. */
    public Optional<String> target(String alias) {
        return target("", alias);
    }

    /** @param database empty for the default one */
    public Optional<String> target(String database, String alias) {
        try {
            return Optional.of(sdk.describeAlias(DescribeAliasReq.builder().databaseName(database).alias(alias).build())
                    .getCollectionName());
        } catch (MilvusClientException e) {
            if (NOT_FOUND.stream().noneMatch(String.valueOf(e.getMessage())::contains)) {
                throw e;
            }
            return Optional.empty();
        }
    }

    public List<String> of(String collection) {
        return sdk.listAliases(ListAliasesReq.builder().collectionName(collection).build()).getAlias();
    }

    /** All aliases there are, and where they point. */
    public Map<String, String> all() {
        Map<String, String> all = new TreeMap<>();
        for (String collection : sdk.listCollections().getCollectionNames()) {
            of(collection).forEach(alias -> all.put(alias, collection));
        }
        return all;
    }

    public void create(String alias, String collection) {
        sdk.createAlias(CreateAliasReq.builder().alias(alias).collectionName(collection).build());
    }

    public void create(String database, String alias, String collection) {
        sdk.createAlias(
                CreateAliasReq.builder().databaseName(database).alias(alias).collectionName(collection).build());
    }

    public void move(String alias, String collection) {
        sdk.alterAlias(AlterAliasReq.builder().alias(alias).collectionName(collection).build());
    }

    public void drop(String alias) {
        sdk.dropAlias(DropAliasReq.builder().alias(alias).build());
    }

    /** The primary keys of all rows that a search through the alias finds, as an application sees them. */
    public Set<Long> searchAll(String alias) {
        return sdk.search(SearchReq.builder().collectionName(alias).annsField(CollectionShape.VECTOR)
                .data(List.of(new FloatVec(new float[CollectionShape.PLAIN.dimension()]))).limit(MOST_FOUND)
                .consistencyLevel(ConsistencyLevel.STRONG).build()).getSearchResults().getFirst().stream()
                .map(hit -> ((Number) hit.getId()).longValue()).collect(Collectors.toSet());
    }

    @Override
    public void close() {
        sdk.close();
    }
}
