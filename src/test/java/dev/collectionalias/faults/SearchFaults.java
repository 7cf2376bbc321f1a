package dev.collectionalias.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.ControlPlaneExtension;
import dev.collectionalias.support.MilvusCollections;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.MilvusStandalone;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.SearchTraffic;
import dev.collectionalias.support.ShippedRole;
import dev.collectionalias.support.TestNamespace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Applications search through aliases that are switched while things go wrong. Whatever happens to the operator, and to its
 * ways to others, a search fails only when Milvus itself is down.
 */
@ExtendWith({ControlPlaneExtension.class, FaultReportExtension.class})
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SearchFaults {

    private static final Duration BETWEEN = Duration.ofSeconds(3);
    /** Longer than any fault of this test. */
    private static final Duration SESSIONS = Duration.ofSeconds(60);
    private static final List<String> SEARCHED = List.of("search_00000", "search_00001");
    private static final int SOME_SEARCHES = 20;

    private final MilvusStandalone milvus = MilvusStandalone.withSessionsOf(SESSIONS);
    private MilvusProxy proxy;
    private MilvusScene<MilvusStandalone> scene;
    private Path kubeconfig;
    private ControlPlane controlPlane;
    private OperatorJvm operator;
    private Drill drill;
    private List<SearchTraffic> applications;

    @BeforeAll
    void start(ControlPlane controlPlaneOfTheRun, TestNamespace namespace, FaultReport report) {
        controlPlane = controlPlaneOfTheRun;
        milvus.start();
        proxy = new MilvusProxy(milvus);
        MilvusCollections collections = MilvusCollections.of(milvus);
        scene = new MilvusScene<>(milvus, collections, namespace,
                new Load.Shape("search", 8, 4, MilvusScene.COLLECTIONS, "refreshInterval: 5s", 0));
        kubeconfig = ShippedRole.kubeconfig(controlPlane);
        startOperator();
        drill = scene.drill(report);
        scene.connect(proxy.uri());
        scene.ledger().settle(System.nanoTime(), Drill.PATIENCE);
    }

    @AfterAll
    void stop() {
        operator.close();
        proxy.close();
        scene.close();
    }

    private void startOperator() {
        operator = OperatorJvm.watching(scene.namespace(), kubeconfig);
    }

    @BeforeEach
    void beginToSearch() {
        applications = SEARCHED.stream()
                .map(alias -> new SearchTraffic(milvus, alias, MilvusScene.COLLECTION_BY_ROWS, 1)).toList();
    }

    @AfterEach
    void endSearching() {
        applications.forEach(SearchTraffic::close);
    }

    @Test
    void milvusHangs() {
        play(new Fault("Milvus hung (SIGSTOP), searches running", () -> {
            applications.forEach(SearchTraffic::serverIsDown);
            milvus.freeze();
        }, Duration.ofSeconds(12), () -> {
            milvus.thaw();
            awaitMoreSearches();
            applications.forEach(SearchTraffic::serverIsUp);
        }), 1);
    }

    @Test
    void operatorHasToWaitForEachAnswerOfMilvus() {
        play(new Fault("Milvus slow for the operator, 2 s a call, searches running",
                () -> proxy.slow(Duration.ofSeconds(2)), Duration.ofSeconds(12), () -> proxy.slow(Duration.ZERO)), 1);
    }

    @Test
    void operatorDoesNotReachMilvus() {
        play(new Fault("Milvus unreachable for the operator, searches running", proxy::cut, Duration.ofSeconds(5),
                proxy::mend), 2);
    }

    @Test
    void operatorIsKilled() {
        play(new Fault("operator killed, searches running", () -> operator.kill(), Duration.ofSeconds(2),
                this::startOperator), 2);
    }

    @Test
    void apiServerIsKilled() {
        play(new Fault("API server killed, searches running", controlPlane::stopApiServer, Duration.ofSeconds(2),
                controlPlane::startApiServer), 1);
    }

    @Test
    void somebodyElseMovesAllAliases() {
        play(Fault.moment("somebody else moves all aliases, searches running", () -> scene.aliases().all()
                .forEach((alias, collection) -> scene.aliases().move(alias, next(collection)))), 3);
    }

    private static String next(String collection) {
        List<String> all = MilvusScene.COLLECTIONS;
        return all.get((all.indexOf(collection) + 1) % all.size());
    }

    private void play(Fault fault, int times) {
        drill.play(fault, times, BETWEEN, this::endOfTheSearches);

        assertThat(applications).allSatisfy(application -> {
            assertThat(application.failed()).as("of %d searches", application.done()).isEmpty();
            assertThat(application.stale()).as("of %d searches after all was over", application.checked()).isEmpty();
            assertThat(application.checked()).isGreaterThan(SOME_SEARCHES);
        });
    }

    /** Once all agree, applications are answered by the collection that their alias names. */
    private String endOfTheSearches() {
        for (int i = 0; i < applications.size(); i++) {
            applications.get(i).expect(scene.aliases().target(SEARCHED.get(i)).orElseThrow());
        }
        awaitMoreSearches();
        awaitMoreSearches();
        applications.forEach(SearchTraffic::stop);
        return "%,d searches: %,d failed, %,d while Milvus was down; the server lost %,d of its own accord".formatted(
                sum(applications.stream().map(SearchTraffic::done)),
                sum(applications.stream().map(application -> application.failed().size())),
                sum(applications.stream().map(SearchTraffic::excused)),
                sum(applications.stream().map(application -> application.withoutLeader() + application.forgotten())));
    }

    private static int sum(Stream<Integer> numbers) {
        return numbers.mapToInt(Integer::intValue).sum();
    }

    private void awaitMoreSearches() {
        List<Integer> enough = applications.stream().map(application -> application.done() + SOME_SEARCHES).toList();
        Awaitility.await("searches go on").pollInterval(Duration.ofMillis(20)).atMost(Duration.ofMinutes(1))
                .until(() -> {
                    for (int i = 0; i < applications.size(); i++) {
                        if (applications.get(i).done() < enough.get(i)) {
                            return false;
                        }
                    }
                    return true;
                });
    }
}
