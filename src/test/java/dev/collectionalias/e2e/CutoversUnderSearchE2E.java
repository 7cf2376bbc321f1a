package dev.collectionalias.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusAliases;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.SearchTraffic;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Two applications search through an alias all the time while it is moved again and again: by the operator, which does so
 * with two aliases side by side, and then as those do who drop the alias and create it anew.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class CutoversUnderSearchE2E {

    private static final Path REPORT = Path.of("target/cutovers-under-search.md");
    private static final String DATABASE = "default";
    /** In all. */
    private static final int SWITCHES = 200;
    /** Such a server makes a switch wait until it is confirmed, so that one alias alone would take twice the time. */
    private static final List<String> SWITCHED = List.of("products", "articles");
    /** Of each alias. */
    private static final int CLIENTS = 2;
    private static final int SEARCHES_EACH = 4;
    /** More than chance explains. */
    private static final int MOST_LOST = SWITCHES / 20;
    /** Collections are told apart by these. */
    private static final Map<Integer, String> COLLECTION_BY_ROWS = Map.of(7, "products_v1", 11, "products_v2");
    private static final String HEADING = """
            | aliases are moved %d times by | searches of %d clients for each | failed | lost by the server itself | answered by the old collection though begun after the change was reported |
            | --- | --- | --- | --- | --- |
            """;

    /** A switch that the object has not reported yet. */
    private record Awaited(String collection, CompletableFuture<Void> reported) {}

    private final MilvusServer milvus = new MilvusStandalone();
    private final List<String> lines = new ArrayList<>();
    private MilvusCollections collections;
    private MilvusAliases aliases;
    private AliasObjects objects;
    private OperatorJvm operator;

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        collections = MilvusCollections.of(milvus);
        aliases = new MilvusAliases(milvus);
        COLLECTION_BY_ROWS.forEach((rows, collection) -> {
            collections.create(DATABASE, collection, rows);
            collections.load(DATABASE, collection);
            collections.awaitSearchable(DATABASE, collection);
        });
        objects = new AliasObjects(namespace);
        objects.connection("default", "{uri: '%s'}".formatted(milvus.uri()));
        operator = OperatorJvm.watching(namespace.name(), ShippedRole.kubeconfig(controlPlane));
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var third = collections; var second = aliases; var first = operator) {
            String report = HEADING.formatted(SWITCHES, CLIENTS) + String.join("", lines);
            Files.writeString(REPORT, report);
            System.out.printf("%s:%n%s", milvus.name(), report);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @Order(1)
    void noSearchFailsAndNoneIsAnsweredByTheOldCollectionOnceTheSwitchIsReported() {
        Tally tally;
        try (ExecutorService users = Executors.newFixedThreadPool(SWITCHED.size())) {
            List<CompletableFuture<Tally>> each = SWITCHED.stream()
                    .map(alias -> CompletableFuture.supplyAsync(() -> switched(alias), users)).toList();
            tally = Tally.of(each.stream().map(CompletableFuture::join).toList());
        }

        lines.add(tally.line("changing `spec.collection`"));
        assertThat(tally.failed()).as("of %d searches", tally.done()).isEmpty();
        assertThat(tally.lost()).as("of %d searches", tally.done()).isLessThanOrEqualTo(MOST_LOST);
        assertThat(tally.checked()).as("searches after a switch").isGreaterThan(SWITCHES * CLIENTS);
        assertThat(tally.stale()).as("of %d searches that began after a switch was reported", tally.checked())
                .isEmpty();
    }

    /** One user's alias, switched as often as falls to it. */
    private Tally switched(String name) {
        objects.aliasWith(name, "{alias: %s, collection: %s}".formatted(name, target(0)));
        objects.awaitReady(name, target(0));
        int switches = SWITCHES / SWITCHED.size();
        Traffic traffic = new Traffic(name);
        AtomicReference<Awaited> awaited = new AtomicReference<>();

        try (traffic; Watch ignored = objects.named(name).watch(new Watcher<>() {
            @Override
            public void eventReceived(Action action, CollectionAlias alias) {
                Awaited next = awaited.get();
                if (next != null && isReadyAt(alias, next.collection()) && awaited.compareAndSet(next, null)) {
                    // From this moment on somebody who reads the object may rely on it.
                    traffic.expect(next.collection());
                    next.reported().complete(null);
                }
            }

            @Override
            public void onClose(WatcherException cause) {
                // The next switch is missed, and the test fails for it.
            }
        })) {
            traffic.awaitMoreSearches();
            for (int number = 1; number <= switches; number++) {
                Awaited next = new Awaited(target(number), new CompletableFuture<>());
                traffic.expectAny();
                awaited.set(next);
                objects.point(name, next.collection());
                next.reported().orTimeout(45, TimeUnit.SECONDS).join();
                traffic.awaitMoreSearches();
            }
            traffic.stop();
        }
        assertThat(aliases.target(name)).contains(target(switches));
        return traffic.tally();
    }

    @Test
    @Order(2)
    void searchesFailWhereTheAliasIsDroppedAndCreatedAnew() {
        aliases.create("by_hand", target(0));
        Traffic traffic = new Traffic("by_hand");
        try (traffic) {
            traffic.awaitMoreSearches();
            for (int number = 1; number <= SWITCHES; number++) {
                traffic.expectAny();
                aliases.drop("by_hand");
                aliases.create("by_hand", target(number));
                traffic.expect(target(number));
                traffic.awaitMoreSearches();
            }
            traffic.stop();
        }

        Tally tally = traffic.tally();
        lines.add(tally.line("`dropAlias` and `createAlias`"));
        assertThat(tally.failed()).as("of %d searches", tally.done()).isNotEmpty();
    }

    private static String target(int number) {
        return number % 2 == 0 ? "products_v1" : "products_v2";
    }

    /** What {@code kubectl wait} and every dashboard go by. */
    private static boolean isReadyAt(CollectionAlias alias, String collection) {
        return alias.getStatus() != null && alias.getSpec().collection().equals(collection)
                && alias.getStatus().active() != null
                && alias.getStatus().active().collection().equals(collection)
                && alias.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionType.Ready.name())
                                && condition.status() == ConditionStatus.True
                                && condition.observedGeneration().equals(alias.getMetadata().getGeneration()));
    }

    /**
     * What became of searches.
     *
     * @param lost of these no client and no operator can know in advance; see {@link SearchTraffic}
     * @param checked those that began after a change was reported
     */
    private record Tally(int done, List<String> failed, int lost, int checked, List<String> stale) {

        static Tally of(SearchTraffic client) {
            return new Tally(client.done(), client.failed(), client.withoutLeader() + client.forgotten(),
                    client.checked(), client.stale());
        }

        static Tally of(List<Tally> parts) {
            return parts.stream().reduce(new Tally(0, List.of(), 0, 0, List.of()), Tally::plus);
        }

        private Tally plus(Tally other) {
            return new Tally(done + other.done, both(failed, other.failed), lost + other.lost, checked + other.checked,
                    both(stale, other.stale));
        }

        private static List<String> both(List<String> some, List<String> others) {
            return Stream.concat(some.stream(), others.stream()).toList();
        }

        String line(String by) {
            return "| %s | %,d | %,d | %,d | %,d of %,d |%n".formatted(by, done, failed.size(), lost, stale.size(),
                    checked);
        }
    }

    /** Applications that know nothing of each other: each has a connection of its own. */
    private final class Traffic implements AutoCloseable {

        private final List<SearchTraffic> clients;

        Traffic(String alias) {
            clients = Stream.generate(() -> new SearchTraffic(milvus, alias, COLLECTION_BY_ROWS, 1)).limit(CLIENTS)
                    .toList();
        }

        void expectAny() {
            clients.forEach(SearchTraffic::expectAny);
        }

        void expect(String collection) {
            clients.forEach(client -> client.expect(collection));
        }

        /** Enough for each to have begun some after the switch. */
        void awaitMoreSearches() {
            List<Integer> before = clients.stream().map(SearchTraffic::done).toList();
            Awaitility.await("searches go on").pollInterval(Duration.ofMillis(5)).until(() -> {
                for (int i = 0; i < CLIENTS; i++) {
                    if (clients.get(i).done() < before.get(i) + SEARCHES_EACH) {
                        return false;
                    }
                }
                return true;
            });
        }

        void stop() {
            clients.forEach(SearchTraffic::stop);
        }

        Tally tally() {
            return Tally.of(clients.stream().map(Tally::of).toList());
        }

        @Override
        public void close() {
            clients.forEach(SearchTraffic::close);
        }
    }
}
