package dev.collectionalias.milvus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.milvus.net.Credentials;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.NameServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A name server that takes its time is the problem of those whose names it knows. */
@Timeout(60)
class SlowNameServerTest {

    private static final int MANY = 300;
    private static final String HERE = "127.0.0.1";
    private static final Duration LONG = Duration.ofSeconds(50);
    private static final Duration SHORT = Duration.ofMillis(300);

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final NameServer names = new NameServer();
    private final InProcessMilvus milvus = new InProcessMilvus();
    private final MilvusConnections connections = new MilvusConnections(Clock.systemUTC(), id -> RpcObserver.NONE);

    @BeforeEach
    void start() {
        milvus.start();
    }

    @AfterEach
    void stop() {
        names.close();
        callers.shutdownNow();
        connections.close();
        milvus.close();
    }

    @Test
    void connectionsThatWaitForItDelayNobodyElse() throws Exception {
        List<Future<State>> slow = IntStream.range(0, MANY).mapToObj(i -> "slow-" + i)
                .map(label -> connecting(label, names.slowHost(label), LONG)).toList();
        await().atMost(LONG).until(() -> names.waiting() == MANY);

        assertThat(connecting("healthy", names.host("healthy", HERE), LONG).get()).isInstanceOf(Connected.class);
        assertThat(names.waiting()).isEqualTo(MANY);
        assertThat(slow).noneMatch(Future::isDone);
    }

    @Test
    void isNamedAndItsAnswerIsUsedWhenItComes() throws Exception {
        String host = names.slowHost("slow", HERE);

        assertThat(connecting("slow", host, SHORT).get()).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.message()).isEqualTo(
                        host + ":" + port() + ": the name server did not answer within 300 ms"));

        names.answer();
        assertThat(connecting("slow", host, LONG).get()).isInstanceOf(Connected.class);
    }

    @Test
    void aHostThatItDoesNotKnowIsNamed() throws Exception {
        String host = names.host("typo");

        assertThat(connecting("typo", host, LONG).get()).isInstanceOfSatisfying(Failed.class,
                failed -> assertThat(failed.message()).isEqualTo(
                        host + ":" + port() + ": the host can't be looked up"));
    }

    private Future<State> connecting(String name, String host, Duration timeout) {
        return callers.submit(() -> connections.connect(
                ConnectionName.of(ConnectionKind.MilvusConnection, "shop", name),
                ConnectionSettings.of("http://" + host + ":" + port(), Credentials.NONE, timeout, timeout)));
    }

    private int port() {
        return URI.create(milvus.uri()).getPort();
    }
}
