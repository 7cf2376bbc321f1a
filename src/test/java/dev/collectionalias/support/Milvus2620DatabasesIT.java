package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;

import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.DropAliasRequest;
import io.milvus.grpc.DropDatabaseRequest;
import io.milvus.grpc.ListAliasesRequest;
import io.milvus.grpc.Status;
import org.junit.jupiter.api.Test;

/** Calls that name a database. */
class Milvus2620DatabasesIT extends Milvus2620Table {

    @Test
    void unknownDatabaseInEveryAliasAndDescribeCall() {
        Stream.of(raw.calls().createAlias(createAlias("a1", "c1").setDbName(NO_DB).build()),
                raw.calls().alterAlias(alterAlias("a1", "c1").setDbName(NO_DB).build()),
                raw.calls().dropAlias(DropAliasRequest.newBuilder().setDbName(NO_DB).setAlias("a1").build()),
                raw.calls().describeAlias(DescribeAliasRequest.newBuilder().setDbName(NO_DB).setAlias("a1").build())
                        .getStatus(),
                raw.calls().listAliases(ListAliasesRequest.newBuilder().setDbName(NO_DB).build()).getStatus(),
                describe(NO_DB, "c1").getStatus())
                .forEach(status -> is(status, 800, "database not found[database=nodb]"));
    }

    @Test
    void dropDatabaseWithACollectionInIt() {
        milvus.state().createCollection(TEAM, "t1");

        assertThat(dropDatabase(TEAM).getCode()).isEqualTo(1100);
        assertThat(milvus.state().databases()).contains(TEAM);
    }

    @Test
    void dropDatabaseDefault() {
        assertThat(dropDatabase(DB).getCode()).isEqualTo(1100);
    }

    private Status dropDatabase(String database) {
        return raw.calls().dropDatabase(DropDatabaseRequest.newBuilder().setDbName(database).build());
    }
}
