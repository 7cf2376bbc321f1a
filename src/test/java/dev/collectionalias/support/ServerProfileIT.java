package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DescribeCollectionRequest;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.SearchRequest;
import io.milvus.grpc.Status;
import io.milvus.v2.common.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A double is like the servers of its version, however that is written. */
@SuppressWarnings("deprecation") // the old codes, which servers send and clients read
class ServerProfileIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final int MOST_NEIGHBOURS = 63;

    /** An alias of an alias tells 2.6 from what is older; what is said of a missing collection tells it from what is newer. */
    @ParameterizedTest
    @CsvSource({
            "v2.2.9,                100, false",
            "v2.3.5,                100, false",
            "v2.4.20,               100, false",
            "v2.5.10,               0,   false",
            "v2.6.0,                0,   true",
            "2.6-20260801-abc,      0,   true",
            "v2.6.6-any 1.2.3 text, 0,   true",
            "v2.6.20,               0,   true",
            "v3.0.0,                100, true",
            "3.1.0-dev,             100, true",
            "nightly,               100, true",
            "master-20261101-abc,   100, true"})
    void theNearestProfileIsTaken(String version, int codeOfAMissingCollection, boolean resolvesTargets) {
        try (InProcessMilvus milvus = new InProcessMilvus(version)) {
            milvus.start();
            milvus.state().createCollection(DB, "c1");
            milvus.state().setAlias(DB, "a1", "c1");
            try (RawMilvus raw = new RawMilvus(milvus)) {
                Status missing = raw.calls().describeCollection(
                        DescribeCollectionRequest.newBuilder().setCollectionName("nope").build()).getStatus();
                Status aliasOfAnAlias = raw.calls().createAlias(
                        CreateAliasRequest.newBuilder().setAlias("a2").setCollectionName("a1").build());

                assertThat(missing.getErrorCodeValue()).isNotZero();
                assertThat(missing.getCode()).isEqualTo(version.startsWith("v2.2") ? 0 : codeOfAMissingCollection);
                assertThat(aliasOfAnAlias.getErrorCodeValue() == 0).isEqualTo(resolvesTargets);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"v2.3.5, false", "v2.4.6, false", "v2.4.7, true", "v2.5.4, true", "v3.0.0, true"})
    void isolatedPartitionKeysAreSearchedOneAtATime(String version, boolean isolates) {
        try (InProcessMilvus milvus = new InProcessMilvus(version)) {
            milvus.start();
            milvus.state().createCollection(DB, "c1", CollectionShape.PLAIN.withTenants(DataType.Int64, true));
            milvus.state().load(DB, "c1");
            try (RawMilvus raw = new RawMilvus(milvus)) {
                Status unfiltered = raw.calls().search(SearchRequest.newBuilder().setCollectionName("c1").build())
                        .getStatus();
                Status filtered = raw.calls().search(
                        SearchRequest.newBuilder().setCollectionName("c1").setDsl("tenant == 1").build()).getStatus();

                assertThat(unfiltered.getReason().startsWith("partition key not found in expr")).isEqualTo(isolates);
                assertThat(filtered.getReason()).isEqualTo("anns_field is missing");
            }
        }
    }

    @Test
    void anOldOneCannotDropAnAliasWhoseNameTooManyOthersBeginWith() {
        try (InProcessMilvus milvus = new InProcessMilvus("v2.3.5")) {
            milvus.start();
            milvus.state().createCollection(DB, "c1");
            for (int number = 0; number < MOST_NEIGHBOURS; number++) {
                milvus.state().setAlias(DB, "few_" + number, "c1");
                milvus.state().setAlias(DB, "many_" + number, "c1");
            }
            milvus.state().setAlias(DB, "few", "c1");
            milvus.state().setAlias(DB, "many", "c1");
            milvus.state().setAlias(DB, "many_more", "c1");
            milvus.state().dropAlias(DB, "many_more");
            try (RawMilvus raw = new RawMilvus(milvus)) {
                assertThat(raw.calls().dropAlias(DropAliasRequest.newBuilder().setAlias("few").build()).getCode())
                        .isZero();
                assertThat(raw.calls().dropAlias(DropAliasRequest.newBuilder().setAlias("many").build()))
                        .returns(65535, Status::getCode)
                        .returns("etcdserver: too many operations in txn request", Status::getReason);
            }
            assertThat(milvus.state().target(DB, "few")).isEmpty();
            assertThat(milvus.state().target(DB, "many")).contains("c1");
        }
    }
}
