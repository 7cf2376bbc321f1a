package dev.collectionalias.support;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.milvus.grpc.CreateAliasRequest;
import io.milvus.grpc.DescribeAliasRequest;
import io.milvus.grpc.MilvusServiceGrpc.MilvusServiceBlockingStub;
import io.milvus.shaded.io.grpc.Status;
import io.milvus.shaded.io.grpc.StatusRuntimeException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Privileges count in the database that the client names beside its request, whatever the request says. */
class AccountsByDatabaseIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final String TEAM = "team";
    private static final String DENIED = "PrivilegeCreateAlias: permission deny to u in the `%s` database";

    private final InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    private RawMilvus raw;
    private String token;

    @BeforeEach
    void aUserOfOneDatabase() {
        milvus.accounts().enableAuthorization();
        milvus.accounts().setPassword("u", SecretLedger.password("a password of one database"));
        milvus.accounts().setPrivilegesIn(TEAM, "u", "CreateAlias", "DescribeAlias");
        token = milvus.accounts().token("u");
        milvus.start();
        raw = new RawMilvus(milvus);
        milvus.state().createDatabase(TEAM);
        milvus.state().createCollection(DB, "c1");
        milvus.state().createCollection(TEAM, "t1");
    }

    @AfterEach
    void stop() {
        raw.close();
        milvus.close();
    }

    @Test
    void aRequestThatNamesTheDatabaseIsNotEnough() {
        assertDenied(DB, () -> create(raw.callsBy(token), TEAM, "t1"));
        assertThat(milvus.state().target(TEAM, "live")).isEmpty();
    }

    @Test
    void aClientThatNamesItMayCall() {
        assertThat(create(raw.callsBy(token, TEAM), TEAM, "t1").getCode()).isZero();
        assertThat(milvus.state().target(TEAM, "live")).contains("t1");
    }

    @Test
    void aRequestWithoutOneIsAboutTheClients() {
        create(raw.callsBy(token, TEAM), "", "t1");

        assertThat(milvus.state().target(TEAM, "live")).contains("t1");
        assertThat(raw.callsBy(token, TEAM).describeAlias(DescribeAliasRequest.newBuilder().setAlias("live").build())
                .getCollection()).isEqualTo("t1");
    }

    @Test
    void aDatabaseThatTheRequestAloneNamesIsNotGuarded() {
        assertThat(create(raw.callsBy(token, TEAM), DB, "c1").getCode()).isZero();
        assertThat(milvus.state().target(DB, "live")).contains("c1");
    }

    @Test
    void whatIsDeniedComesBeforeWhatIsMissing() {
        assertDenied("nodb", () -> create(raw.callsBy(token, "nodb"), "nodb", "nope"));
    }

    private io.milvus.grpc.Status create(MilvusServiceBlockingStub calls, String database, String collection) {
        return calls.createAlias(CreateAliasRequest.newBuilder().setDbName(database).setAlias("live")
                .setCollectionName(collection).build());
    }

    private static void assertDenied(String database, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(StatusRuntimeException.class,
                e -> assertThat(e.getStatus()).returns(Status.Code.PERMISSION_DENIED, Status::getCode)
                        .returns(DENIED.formatted(database), Status::getDescription));
    }
}
