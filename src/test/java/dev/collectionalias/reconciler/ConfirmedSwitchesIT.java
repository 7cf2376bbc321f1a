package dev.collectionalias.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.metrics.Metric;
import dev.collectionalias.support.AliasObjects;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.InProcessMilvus;
import dev.collectionalias.support.InsertTraffic;
import dev.collectionalias.support.MilvusState;
import dev.collectionalias.support.OperatorUnderTest;
import dev.collectionalias.support.SearchTraffic;
import dev.collectionalias.support.ShiftedClock;
import dev.collectionalias.support.TestNamespace;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * A thousand switches on a Milvus 2.6.20, whose proxy remembers by an alias's name where the shards are, while applications
 * search through the aliases and writers insert.
 */
@ExtendWith(ControlPlaneExtension.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConfirmedSwitchesIT {

    private static final String DB = MilvusState.DEFAULT_DATABASE;
    private static final int ALIASES = 40;
    private static final int SWITCHES = 1000;
    /** So many searches are under way all the time that a switch meets one between its looks. */
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration BETWEEN_INSERTS = Duration.ofMillis(5);
    private static final int WRITTEN = 4;
    private static final int SEARCHES_AFTER_A_SWITCH = 3;
    /** Collections are told apart by where their keys begin. */
    private static final long SECOND_KEYS = 1_000_000;

    private final InProcessMilvus milvus = new InProcessMilvus("v2.6.20");
    private final ShiftedClock clock = new ShiftedClock(Clock.systemUTC());
    private final Map<String, Awaited> awaited = new ConcurrentHashMap<>();
    private AliasObjects objects;
    private OperatorUnderTest operator;
    private Watch watch;

    /** A switch that the object has not reported yet. */
    private record Awaited(String collection, SearchTraffic searches, CompletableFuture<Void> reported) {}

    @BeforeAll
    void start(ControlPlane controlPlane, TestNamespace namespace) {
        milvus.start();
        objects = new AliasObjects(namespace);
        objects.connect(milvus);
        operator = OperatorUnderTest.start(controlPlane, namespace.name(), clock);
        watch = namespace.client().resources(CollectionAlias.class).inNamespace(namespace.name())
                .watch(new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, CollectionAlias alias) {
                        reported(alias);
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                        // The next switch is missed, and the test fails for it.
                    }
                });
        milvus.proxy().pauseBetweenLooks(BETWEEN_LOOKS);
    }

    @AfterAll
    @SuppressWarnings("try")
    void stop() {
        try (milvus; var second = operator; var first = watch) {
            // Closed in the opposite order, and those only that came up.
        }
    }

    /** From the moment on at which somebody who reads the object may rely on it. */
    private void reported(CollectionAlias alias) {
        Awaited next = awaited.get(alias.getMetadata().getName());
        if (next != null && isReadyAt(alias, next.collection())
                && awaited.remove(alias.getMetadata().getName(), next)) {
            next.searches().expect(next.collection());
            next.reported().complete(null);
        }
    }

    private static boolean isReadyAt(CollectionAlias alias, String collection) {
        return alias.getStatus() != null && alias.getStatus().active() != null
                && alias.getStatus().active().collection().equals(collection)
                && alias.getStatus().conditions().stream()
                        .anyMatch(condition -> condition.type().equals(ConditionType.Ready.name())
                                && condition.status() == ConditionStatus.True
                                && condition.observedGeneration().equals(alias.getMetadata().getGeneration()));
    }

    @Test
    void searchesStayBehindWhereASwitchIsNotConfirmed() {
        List<SearchTraffic> searches = switched("never", "cutover: {confirmation: Never, proof: Auto}", ALIASES / 4,
                ALIASES / 2);

        assertThat(searches).flatExtracting(SearchTraffic::stale).isNotEmpty();
        assertThat(IntStream.range(0, ALIASES / 4).mapToObj(number -> name("never", number))
                .flatMap(name -> IntStream.of(0, 1).mapToObj(target -> collection(name, target))))
                .allSatisfy(collection -> assertThat(milvus.state().properties(DB, collection)).isEmpty());
    }

    @Test
    void noSearchStaysBehindAndNoInsertFailsWhereEachSwitchIsConfirmed() {
        List<InsertTraffic> writers = new ArrayList<>();
        List<SearchTraffic> searches;
        create("auto", "cutover: {confirmation: Auto, proof: Auto}", ALIASES);
        try {
            for (int number = 0; number < WRITTEN; number++) {
                writers.add(new InsertTraffic(milvus, name("auto", number), 1, BETWEEN_INSERTS));
                writers.add(new InsertTraffic(milvus, collection(name("auto", number), 0), 1, BETWEEN_INSERTS));
            }
            searches = switched("auto", ALIASES, SWITCHES);
        } finally {
            writers.forEach(InsertTraffic::close);
        }

        int checked = searches.stream().mapToInt(SearchTraffic::checked).sum();
        int inserted = writers.stream().mapToInt(InsertTraffic::inserted).sum();
        int repeated = writers.stream().mapToInt(InsertTraffic::repeated).sum();
        System.out
                .printf("%d switches on %s: %d searches begun after a switch was reported, %d inserts of which %d were "
                        + "sent twice%n", SWITCHES, milvus.name(), checked, inserted, repeated);
        assertThat(searches).flatExtracting(SearchTraffic::failed).isEmpty();
        assertThat(checked).isGreaterThan(SWITCHES);
        assertThat(searches).flatExtracting(SearchTraffic::stale).as("of %d searches", checked).isEmpty();
        assertThat(operator.scrape().series()).filteredOn("name", Metric.STALE_ANSWERS.key())
                .filteredOn(series -> series.labels().get("name").startsWith("auto")).hasSize(ALIASES)
                .allSatisfy(series -> assertThat(series.value()).isZero());
        assertThat(repeated).as("inserts that met a property").isPositive();
        assertThat(writers).flatExtracting(InsertTraffic::failed).as("of %d inserts", inserted).isEmpty();
        assertNothingIsLeftBehind();
    }

    /** A minute after the last switch. */
    private void assertNothingIsLeftBehind() {
        clock.putForward(Duration.ofMinutes(2));
        List<String> names = IntStream.range(0, ALIASES).mapToObj(number -> name("auto", number)).toList();
        names.forEach(name -> objects.annotate(name, Api.RECONCILE_REQUESTED_AT, "a minute later"));
        AliasObjects.await("what confirmed is taken off", () -> assertThat(names).allSatisfy(name -> {
            assertThat(objects.get(name).getStatus().switchMarks()).isEmpty();
            assertThat(milvus.state().properties(DB, collection(name, 0))).isEmpty();
            assertThat(milvus.state().properties(DB, collection(name, 1))).isEmpty();
        }));
    }

    private void create(String prefix, String spec, int aliases) {
        for (int number = 0; number < aliases; number++) {
            String name = name(prefix, number);
            for (int target = 0; target < 2; target++) {
                milvus.state().createCollection(DB, collection(name, target));
                milvus.state().setRows(DB, collection(name, target), 10);
                milvus.state().setFirstKey(DB, collection(name, target), target * SECOND_KEYS);
                milvus.state().load(DB, collection(name, target));
            }
            objects.aliasWith(name, "{alias: %s, collection: %s, %s}".formatted(name, collection(name, 0), spec));
        }
        IntStream.range(0, aliases).mapToObj(number -> name(prefix, number))
                .forEach(name -> objects.awaitReady(name, collection(name, 0)));
    }

    private List<SearchTraffic> switched(String prefix, String spec, int aliases, int switches) {
        create(prefix, spec, aliases);
        return switched(prefix, aliases, switches);
    }

    /** Each alias is switched to and fro by a user of its own. */
    private List<SearchTraffic> switched(String prefix, int aliases, int switches) {
        try (ExecutorService users = Executors.newFixedThreadPool(aliases)) {
            return IntStream.range(0, aliases)
                    .mapToObj(number -> CompletableFuture.supplyAsync(
                            () -> switched(name(prefix, number), switches / aliases), users))
                    .toList().stream().map(CompletableFuture::join).toList();
        }
    }

    private SearchTraffic switched(String name, int switches) {
        try (SearchTraffic searches = new SearchTraffic(milvus, name, hits -> answeredBy(name, hits), 1)) {
            for (int number = 1; number <= switches; number++) {
                Awaited next = new Awaited(collection(name, number % 2), searches, new CompletableFuture<>());
                searches.expectAny();
                awaited.put(name, next);
                objects.point(name, next.collection());
                next.reported().orTimeout(60, TimeUnit.SECONDS).join();
                awaitSearches(searches);
            }
            return searches;
        }
    }

    private static void awaitSearches(SearchTraffic searches) {
        int before = searches.checked();
        Awaitility.await("searches go on").pollInterval(Duration.ofMillis(10))
                .until(() -> searches.checked() >= before + SEARCHES_AFTER_A_SWITCH);
    }

    private static String answeredBy(String name, List<SearchResult> hits) {
        return collection(name, ((Number) hits.getFirst().getId()).longValue() >= SECOND_KEYS ? 1 : 0);
    }

    private static String name(String prefix, int number) {
        return "%s%02d".formatted(prefix, number);
    }

    private static String collection(String name, int target) {
        return "%s_v%d".formatted(name, target + 1);
    }
}
