package dev.collectionalias.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.collectionalias.act.WritePermit.LostLeadershipException;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.NamespacedKubernetesClient;
import io.fabric8.kubernetes.client.RequestConfigBuilder;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * However many ask, an API server has only so many calls to answer at once, and the lease is renewed all the same. A process that
 * lost its lease changes nothing else.
 */
@Timeout(60)
@SuppressWarnings("FutureReturnValueIgnored") // the server ends the calls itself
class OperatorHttpClientTest {

    private static final int MOST = 4;
    private static final int MANY = 40;
    private static final Duration IN_TIME = Duration.ofSeconds(20);
    /** Before a call that hangs gives its place away, with its deadline of 10 seconds. */
    private static final Duration MEANWHILE = Duration.ofSeconds(6);

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger underWay = new AtomicInteger();
    private final AtomicInteger mostUnderWay = new AtomicInteger();
    private final AtomicInteger watches = new AtomicInteger();
    private final CountDownLatch released = new CountDownLatch(1);
    private final List<String> changes = new CopyOnWriteArrayList<>();
    private volatile boolean leaseLost;
    private HttpServer server;
    private KubernetesClient client;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/api/v1/namespaces/shop/configmaps", this::answer);
        server.createContext("/apis/coordination.k8s.io/", exchange -> send(exchange, "Lease", "first"));
        server.start();
        client = new KubernetesClientBuilder().withHttpClientFactory(new OperatorHttpClient.Factory(MOST, this::permit))
                .withConfig(new ConfigBuilder().withAutoConfigure(false)
                        .withMasterUrl("http://127.0.0.1:" + server.getAddress().getPort()).withOnlyHttpWatches(true)
                        .build())
                .build();
    }

    @AfterEach
    void stop() {
        released.countDown();
        client.close();
        server.stop(0);
        threads.shutdownNow();
    }

    private void permit() {
        if (leaseLost) {
            throw new LostLeadershipException();
        }
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (String.valueOf(exchange.getRequestURI().getQuery()).contains("watch=true")) {
            watches.incrementAndGet(); // the answer begins with the first event, of which there is none
            return;
        }
        if (!exchange.getRequestMethod().equals("GET")) {
            changes.add(exchange.getRequestMethod());
        }
        String name = exchange.getRequestURI().getPath().replaceFirst(".*/", "");
        mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
        try {
            if (name.startsWith("hanging")) {
                released.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Before the answer: the client may begin the next call as soon as it has read this one's.
        underWay.decrementAndGet();
        send(exchange, "ConfigMap", name);
    }

    private static void send(HttpExchange exchange, String kind, String name) throws IOException {
        byte[] body = "{\"kind\": \"%s\", \"metadata\": {\"name\": \"%s\"}}".formatted(kind, name)
                .getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, body.length);
        try (OutputStream out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private CompletableFuture<ConfigMap> ask(KubernetesClient by, String name) {
        return CompletableFuture.supplyAsync(() -> by.configMaps().inNamespace("shop").withName(name).get(), threads);
    }

    private void fillAllPlaces() {
        IntStream.range(0, MOST).forEach(i -> ask(client, "hanging-" + i));
        await().atMost(IN_TIME).until(() -> underWay.get() == MOST);
    }

    @Test
    void neverMoreThanTheLimitAreUnderWay() {
        List<CompletableFuture<ConfigMap>> answers = IntStream.range(0, MANY).mapToObj(i -> ask(client, "hanging-" + i))
                .toList();
        await().atMost(IN_TIME).until(() -> underWay.get() == MOST);
        await().during(Duration.ofMillis(300)).until(() -> underWay.get() == MOST);
        released.countDown();

        assertThat(answers).allSatisfy(answer -> assertThat(answer).succeedsWithin(IN_TIME).isNotNull());
        assertThat(mostUnderWay).hasValue(MOST);
    }

    @Test
    void aClientThatIsDerivedSharesTheLimit() {
        fillAllPlaces();

        CompletableFuture<ConfigMap> answer = CompletableFuture.supplyAsync(
                () -> client.adapt(NamespacedKubernetesClient.class)
                        .withRequestConfig(new RequestConfigBuilder().build())
                        .call(derived -> derived.configMaps().inNamespace("shop").withName("derived").get()),
                threads);

        await().during(Duration.ofMillis(300)).until(() -> !answer.isDone());
        released.countDown();
        assertThat(answer).succeedsWithin(IN_TIME);
        assertThat(mostUnderWay).hasValue(MOST);
    }

    @Test
    void theLeaseIsRenewedWhileAllPlacesAreTaken() {
        fillAllPlaces();

        assertThat(CompletableFuture.supplyAsync(
                () -> client.leases().inNamespace("shop").withName("first").get().getMetadata().getName(), threads))
                .succeedsWithin(MEANWHILE).isEqualTo("first");
    }

    @Test
    void aProcessThatLostItsLeaseChangesNothing() {
        leaseLost = true;

        assertThatExceptionOfType(KubernetesClientException.class).isThrownBy(this::addFinalizer)
                .withRootCauseInstanceOf(LostLeadershipException.class);

        assertThat(changes).isEmpty();
        assertThat(ask(client, "some")).as("a read").succeedsWithin(IN_TIME).isNotNull();
    }

    @Test
    void theLeaderChangesWhatItWants() {
        addFinalizer();

        assertThat(changes).containsExactly("PATCH");
    }

    @Test
    void aChangeThatWaitedForItsTurnNeedsTheLeaseWhenItHasItsTurn() {
        fillAllPlaces();
        CompletableFuture<Void> change = CompletableFuture.runAsync(this::addFinalizer, threads);
        await().during(Duration.ofMillis(300)).until(() -> !change.isDone());
        leaseLost = true;

        released.countDown();

        assertThat(change).failsWithin(IN_TIME).withThrowableOfType(ExecutionException.class)
                .withRootCauseInstanceOf(LostLeadershipException.class);
        assertThat(changes).isEmpty();
    }

    /** As the SDK does. */
    private void addFinalizer() {
        client.configMaps().inNamespace("shop").withName("some").edit(configMap -> {
            configMap.addFinalizer("example.com/some");
            return configMap;
        });
    }

    /** Because a process takes its lease with such a change. */
    @Test
    void theLeaseItselfNeedsNoLease() {
        leaseLost = true;

        assertThat(client.leases().inNamespace("shop").withName("first").patch(PatchContext.of(PatchType.JSON_MERGE),
                "{\"spec\": {\"holderIdentity\": \"first\"}}").getMetadata().getName()).isEqualTo("first");
    }

    @Test
    void aWatchOverPlainHttpTakesNoPlace() {
        for (int i = 0; i < MANY; i++) {
            client.configMaps().inNamespace("shop").withName("watched-" + i).watch(new Watcher<>() {
                @Override
                public void eventReceived(Action action, ConfigMap configMap) {}

                @Override
                public void onClose(WatcherException cause) {}
            });
        }
        await().atMost(IN_TIME).until(() -> watches.get() == MANY);

        assertThat(ask(client, "some")).succeedsWithin(MEANWHILE).isNotNull();
    }

    @Test
    void callsWaitNoLongerThanTheTimeForARequest() {
        fillAllPlaces();

        CompletableFuture<ConfigMap> answer = CompletableFuture.supplyAsync(
                () -> client.adapt(NamespacedKubernetesClient.class).withRequestConfig(
                        new RequestConfigBuilder().withRequestTimeout(200).withRequestRetryBackoffLimit(0).build())
                        .call(derived -> derived.configMaps().inNamespace("shop").withName("waiting").get()),
                threads);

        assertThat(answer).failsWithin(MEANWHILE).withThrowableOfType(ExecutionException.class);
        released.countDown();
        assertThat(ask(client, "some")).succeedsWithin(IN_TIME).isNotNull();
    }
}
