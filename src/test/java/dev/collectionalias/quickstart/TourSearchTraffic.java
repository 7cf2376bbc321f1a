package dev.collectionalias.quickstart;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp;

/** An application that searches one alias without pause, on several threads, and looks at who answers. */
final class TourSearchTraffic implements AutoCloseable {

    private static final int THREADS = 3;
    private static final int HITS = 5;

    private final String alias;
    private final MilvusClientV2 client;
    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder astray = new LongAdder();
    private final Map<String, LongAdder> answers = new ConcurrentHashMap<>();
    private final AtomicReference<String> firstFailure = new AtomicReference<>();
    /** While a switch may happen there are two. */
    private volatile Set<String> allowed;
    private volatile boolean running = true;
    private List<Thread> threads = List.of();

    /** @param collection where the alias points */
    TourSearchTraffic(String uri, String alias, String collection) {
        this.alias = alias;
        allow(collection);
        client = ProductCollections.connect(uri);
    }

    void start() {
        threads = IntStream.range(0, THREADS)
                .mapToObj(number -> Thread.ofPlatform().name("search-" + number).start(() -> search(number))).toList();
    }

    /** From now on a search that begins must be answered by one of these collections. */
    final void allow(String... collections) {
        allowed = Set.of(collections);
    }

    long done() {
        return done.sum();
    }

    long failed() {
        return failed.sum();
    }

    /** Searches that were answered by a collection that the alias did not point at. */
    long astray() {
        return astray.sum();
    }

    /** How many searches each collection answered. */
    Map<String, Long> answers() {
        return answers.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().sum(), Long::sum, TreeMap::new));
    }

    /** Empty if none failed. */
    String firstFailure() {
        String failure = firstFailure.get();
        return failure == null ? "" : failure;
    }

    private void search(int seed) {
        Random random = new Random(seed);
        while (running) {
            Set<String> allowedAtFirst = allowed;
            try {
                count(allowedAtFirst, sources(ProductCollections.vector(random)));
            } catch (RuntimeException e) {
                failed.increment();
                firstFailure.compareAndSet(null, e.getMessage());
            }
            done.increment();
        }
    }

    private List<String> sources(float[] vector) {
        SearchResp response = client.search(SearchReq.builder().collectionName(alias)
                .data(List.of(new FloatVec(vector)))
                .annsField(ProductCollections.VECTOR).limit(HITS).outputFields(List.of(ProductCollections.SOURCE))
                .build());
        return response.getSearchResults().getFirst().stream()
                .map(hit -> (String) hit.getEntity().get(ProductCollections.SOURCE)).distinct().toList();
    }

    private void count(Set<String> allowedAtFirst, List<String> sources) {
        if (sources.size() != 1) {
            throw new IllegalStateException("one search was answered by " + sources);
        }
        String source = sources.getFirst();
        answers.computeIfAbsent(source, name -> new LongAdder()).increment();
        // One that was under way during a switch may be answered by either side.
        if (!allowedAtFirst.contains(source) && !allowed.contains(source)) {
            astray.increment();
        }
    }

    /** Ends the searches; those in flight come to their end. */
    void stop() {
        running = false;
        for (Thread thread : threads) {
            try {
                thread.join(Duration.ofSeconds(40));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    @Override
    public void close() {
        stop();
        client.close();
    }
}
