package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.collectionalias.milvus.MilvusException.Kind;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** A server that a contract is held against, and in what it truly differs from the newest Milvus. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MilvusUnderContract {

    static final String DB = "default";

    private final AtomicInteger tests = new AtomicInteger();
    final MilvusServer server = server();
    MilvusCollections collections;
    MilvusClient client;
    MilvusGateway milvus;
    String alias;
    String v1;
    String v2;

    abstract MilvusServer server();

    abstract MilvusCollections collections(MilvusServer started);

    /** Whether a collection can be searched before anybody loads it. */
    boolean loadsNewCollections() {
        return false;
    }

    /** Whether the server tells collections apart by an id of their own. */
    boolean hasIds() {
        return true;
    }

    /** Whether a collection stays as long as an alias points at it; else the alias dangles, or goes with it. */
    boolean refusesToDropACollectionWithAliases() {
        return true;
    }

    /** Whether the description of a collection names its aliases. */
    boolean describesAliases() {
        return true;
    }

    /** Whether the server refuses a name that Milvus' rules forbid. */
    boolean checksNames() {
        return true;
    }

    /** Whether an alias can be given as a target, and stands for its collection. */
    boolean resolvesAliasesAsTargets() {
        return true;
    }

    /** Whether a restart loses the aliases whose names begin with that of one that was dropped (milvus#33288). */
    boolean dropDestroysNeighbours() {
        return false;
    }

    /** Whether a property of a collection can be taken off again. */
    boolean takesPropertiesOff() {
        return true;
    }

    @BeforeAll
    void startServer() {
        server.start();
        collections = collections(server);
        client = MilvusClient.connect(ConnectionSettings.of(server.uri(), Credentials.NONE,
                Duration.ofSeconds(5), Duration.ofSeconds(10)), RpcObserver.NONE);
        milvus = client.gateway();
    }

    @AfterAll
    @SuppressWarnings("try")
    void stopServer() {
        try (server; var last = collections; var first = client) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    @BeforeEach
    void twoCollections() {
        String test = "t" + tests.incrementAndGet() + "_";
        alias = test + "alias";
        v1 = test + "v1";
        v2 = test + "v2";
        collections.create(DB, v1, 0);
        collections.create(DB, v2, 0);
    }

    final void awaitTarget(String name, String collection) {
        await().atMost(Duration.ofSeconds(60)).ignoreExceptionsInstanceOf(MilvusException.class)
                .untilAsserted(() -> assertThat(milvus.describeAlias(DB, name)).contains(collection));
    }

    static void assertFails(Kind kind, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(MilvusException.class,
                e -> assertThat(e.kind()).as(e.getMessage()).isEqualTo(kind));
    }
}
