package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.support.Faults.Hang;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.Rpc;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A process that lost its lease changes nothing, however long its calls have waited for each other before. */
@Timeout(60)
class PermitBeforeEachChangeTest {

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final int MOST_CALLS_AT_ONCE = 64;

    private final InProcessMilvus milvus = new InProcessMilvus();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private MilvusClient client;

    @BeforeEach
    void connect() {
        milvus.start();
        milvus.state().createCollection(DB, "one");
        milvus.state().load(DB, "one");
        milvus.state().setAlias(DB, "products", "one");
        client = MilvusClient.connect(ConnectionSettings.of(milvus.uri(), Credentials.NONE, DEADLINE, DEADLINE),
                RpcObserver.NONE);
    }

    @AfterEach
    void stop() {
        client.close();
        threads.close();
        milvus.close();
    }

    @Test
    void isAskedWhenTheCallHasItsTurn() {
        List<CompletableFuture<?>> reads = new ArrayList<>();
        CompletableFuture<?> change;
        AtomicInteger asked = new AtomicInteger();
        try (Hang hang = milvus.faults().on(Rpc.DESCRIBE_ALIAS).hang()) {
            for (int i = 0; i < MOST_CALLS_AT_ONCE; i++) {
                reads.add(CompletableFuture.runAsync(() -> client.gateway().describeAlias(DB, "products"), threads));
            }
            await().until(() -> milvus.journal().of(Rpc.DESCRIBE_ALIAS).size() == MOST_CALLS_AT_ONCE);
            change = CompletableFuture.runAsync(
                    () -> client.gateway(DEADLINE, asked::incrementAndGet).createAlias(DB, "reviews", "one"), threads);
            await().during(Duration.ofMillis(200)).until(() -> asked.get() == 0);
        }

        assertThat(change).succeedsWithin(DEADLINE);
        assertThat(asked).hasValue(1);
        assertThat(reads).allSatisfy(read -> assertThat(read).succeedsWithin(DEADLINE));
    }

    static Stream<Consumer<MilvusGateway>> changes() {
        return Stream.of(gateway -> gateway.createAlias(DB, "reviews", "one"),
                gateway -> gateway.alterAlias(DB, "products", "one"), gateway -> gateway.dropAlias(DB, "products"),
                gateway -> gateway.load(DB, "one"), gateway -> gateway.release(DB, "one"),
                gateway -> gateway.setProperty(DB, "one", "key", "value"),
                gateway -> gateway.dropProperty(DB, "one", "key"));
    }

    @ParameterizedTest
    @MethodSource("changes")
    void keepsEachChangeFromBeingSentWhereItIsGone(Consumer<MilvusGateway> change) {
        IllegalStateException gone = new IllegalStateException("the lease is gone");

        assertThatThrownBy(() -> change.accept(client.gateway(DEADLINE, () -> {
            throw gone;
        }))).isSameAs(gone);

        assertThat(milvus.journal().writes()).isEmpty();
    }
}
