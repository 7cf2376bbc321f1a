package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;

import dev.collectionalias.api.v1alpha1.Cutover;
import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.plan.seen.AliasProof;
import dev.collectionalias.plan.seen.AliasTrial;
import dev.collectionalias.plan.seen.CollectionState;
import dev.collectionalias.plan.seen.SearchTrial;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.SecretLedger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** How a Milvus with authorization refuses, and which privileges the operator needs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MilvusAuthorizationContract {

    private static final String DB = "default";
    private static final String PASSWORD = SecretLedger.password("a password of the contract");

    private final MilvusServer server = server();

    /** One that asks for credentials. */
    abstract MilvusServer server();

    abstract MilvusCollections collections(MilvusServer started);

    abstract void addUser(MilvusServer started, String user, String password, String... privileges);

    /** Whether AlterAlias asks for the privilege CreateAlias; Milvus 2.3.5 lets every user alter. */
    boolean asksForAPrivilegeToAlter() {
        return true;
    }

    @BeforeAll
    void startServer() {
        server.start();
        try (MilvusCollections collections = collections(server)) {
            collections.create(DB, "v1", 0);
            collections.create(DB, "v2", 0);
        }
    }

    @AfterAll
    void stopServer() {
        server.close();
    }

    @Test
    void rootMayDoEverything() {
        try (MilvusClient client = connect(new Credentials(server.token()))) {
            MilvusGateway milvus = client.gateway();
            milvus.createAlias(DB, "of_root", "v1");
            milvus.alterAlias(DB, "of_root", "v2");
            assertThat(milvus.describeAlias(DB, "of_root")).contains("v2");
            milvus.dropAlias(DB, "of_root");
        }
    }

    @Test
    void aWrongPasswordIsRefusedAndNotRepeated() {
        assertThatThrownBy(() -> connect("root", PASSWORD)).satisfies(e -> is(Kind.UNAUTHENTICATED, e))
                .hasMessageNotContaining(PASSWORD);
    }

    @Test
    void anUnknownUserIsRefused() {
        assertThatThrownBy(() -> connect("nobody", PASSWORD)).satisfies(e -> is(Kind.UNAUTHENTICATED, e));
    }

    @Test
    void missingCredentialsAreRefused() {
        assertThatThrownBy(() -> connect(Credentials.NONE)).satisfies(e -> is(Kind.UNAUTHENTICATED, e));
    }

    @Test
    void aUserWithoutPrivilegesMayConnectAndNothingElse() {
        addUser(server, "stranger", PASSWORD);
        try (MilvusClient client = connect("stranger", PASSWORD)) {
            MilvusGateway milvus = client.gateway();
            assertThatThrownBy(() -> milvus.createAlias(DB, "a", "v1")).satisfies(e -> is(Kind.PERMISSION_DENIED, e));
            Kind refusal = asksForAPrivilegeToAlter() ? Kind.PERMISSION_DENIED : Kind.ALIAS_NOT_FOUND;
            assertThatThrownBy(() -> milvus.alterAlias(DB, "a", "v1")).satisfies(e -> is(refusal, e));
            assertThatThrownBy(() -> milvus.dropAlias(DB, "a")).satisfies(e -> is(Kind.PERMISSION_DENIED, e));
            assertThatThrownBy(() -> milvus.describeAlias(DB, "a")).satisfies(e -> is(Kind.PERMISSION_DENIED, e));
        }
    }

    @Test
    void thePrivilegeToCreateIsTheOneToAlter() {
        addUser(server, "writer", PASSWORD, "CreateAlias", "DescribeAlias");
        try (MilvusClient client = connect("writer", PASSWORD)) {
            MilvusGateway milvus = client.gateway();
            milvus.createAlias(DB, "of_writer", "v1");
            milvus.alterAlias(DB, "of_writer", "v2");
            assertThat(milvus.describeAlias(DB, "of_writer")).contains("v2");
            assertThatThrownBy(() -> milvus.dropAlias(DB, "of_writer"))
                    .satisfies(e -> is(Kind.PERMISSION_DENIED, e));
        }
    }

    @Test
    void gatesNeedPrivilegesOfTheirOwn() {
        addUser(server, "reader", PASSWORD, "DescribeCollection", "GetLoadState", "IndexDetail", "Query",
                "Search", "GetStatistics", "Load", "Release");
        addUser(server, "onlooker", PASSWORD, "DescribeCollection", "GetLoadState");
        addUser(server, "asker", PASSWORD, "DescribeCollection", "GetLoadState", "Load", "Query");
        try (MilvusClient reader = connect("reader", PASSWORD);
                MilvusClient onlooker = connect("onlooker", PASSWORD);
                MilvusClient queries = connect("asker", PASSWORD)) {
            MilvusGateway milvus = reader.gateway();
            assertThat(milvus.rowCount(DB, "v1").exact()).isFalse();
            assertThat(milvus.schema(DB, "v1")).isPresent();
            milvus.load(DB, "v1");
            await().atMost(Duration.ofSeconds(60)).until(() -> milvus.loading(DB, "v1").isSearchable());
            assertThat(milvus.trySearch(DB, "v1", "v1", new Cutover.Search(null, null, null, null, null)))
                    .isEqualTo(new SearchTrial.NotYet("v1 has no rows to search with"));
            try (MilvusClient root = connect(new Credentials(server.token()))) {
                root.gateway().createAlias(DB, "of_reader", "v1");
            }
            assertThat(milvus.tryAlias(DB, "of_reader")).isEqualTo(new AliasTrial.Searched());
            assertThat(queries.gateway().tryAlias(DB, "of_reader")).as("a search that only the operator may not make")
                    .isInstanceOfSatisfying(AliasTrial.Queried.class,
                            queried -> assertThat(queried.obstacle()).contains("PrivilegeSearch"));
            MilvusGateway poorer = onlooker.gateway();
            assertThatThrownBy(() -> poorer.loading(DB, "v1")).satisfies(e -> is(Kind.PERMISSION_DENIED, e));
            assertThat(poorer.proveSwitch(DB, "v2", new CollectionState("v1", "1", true), "v1"))
                    .isInstanceOfSatisfying(AliasProof.NoWitness.class,
                            none -> assertThat(none.why()).contains("permission deny to onlooker"));
            assertThatThrownBy(() -> poorer.load(DB, "v1")).satisfies(e -> is(Kind.PERMISSION_DENIED, e));
            assertThat(poorer.replicas(DB, "v1").groups()).as("which takes no privilege").hasSize(1);
            milvus.release(DB, "v1");
            assertThatThrownBy(() -> poorer.rowCount(DB, "v1")).satisfies(e -> is(Kind.PERMISSION_DENIED, e));
        }
    }

    private MilvusClient connect(String user, String password) {
        return connect(Credentials.usernamePassword(user, password));
    }

    private MilvusClient connect(Credentials credentials) {
        return MilvusClient.connect(ConnectionSettings.of(server.uri(), credentials,
                Duration.ofSeconds(5), Duration.ofSeconds(10)), RpcObserver.NONE);
    }

    private static void is(Kind kind, Throwable thrown) {
        assertThat(thrown).isInstanceOfSatisfying(MilvusException.class,
                e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }
}
