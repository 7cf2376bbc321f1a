package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import io.milvus.v2.client.ConnectConfig;
import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;

/**
 * Searches through an alias without a pause, as an application does that knows nothing of collections. Which collection
 * answered is told by how many rows it has.
 */
public final class SearchTraffic implements AutoCloseable {

    /** The collection that has to answer; none while it is changed, when either may. */
    private record Expectation(String collection) {}

    private static final Expectation ANY = new Expectation(null);
    private static final int LIMIT = 100;
    /**
     * What Milvus 2.3.5 says when it does not know who leads a shard. Seen within seconds after collections were loaded;
     * that it happens without a switch too is not shown. Such searches are counted apart from the failed ones.
     */
    private static final String NO_SHARD_LEADER = "can not find client of node -1";

    private final MilvusClientV2 sdk;
    private final String alias;
    private final Map<Integer, String> collectionByRows;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger withoutLeader = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Queue<String> stale = new ConcurrentLinkedQueue<>();
    private final List<Thread> threads;
    private volatile Expectation expectation = ANY;
    private volatile boolean stopped;

    /** @param collectionByRows the collections that may answer, each with another number of rows */
    public SearchTraffic(MilvusServer milvus, String alias, Map<Integer, String> collectionByRows, int threadCount) {
        this.alias = alias;
        this.collectionByRows = collectionByRows;
        sdk = new MilvusClientV2(ConnectConfig.builder().uri(milvus.uri()).rpcDeadlineMs(10_000)
                .keepAliveWithoutCalls(false).keepAliveTimeMs(300_000).build());
        // A retry would hide a failure.
        sdk.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
        threads = IntStream.range(0, threadCount)
                .mapToObj(number -> Thread.ofPlatform().name("search-" + number).start(this::run)).toList();
    }

    /** From now on either the collection before or the one after may answer. */
    public void expectAny() {
        expectation = ANY;
    }

    /** Every search that begins from now on has to be answered by this collection. */
    public void expect(String collection) {
        expectation = new Expectation(collection);
    }

    public int done() {
        return done.get();
    }

    /** Searches that the server could not answer because it did not know who leads a shard. */
    public int withoutLeader() {
        return withoutLeader.get();
    }

    public List<String> failed() {
        return List.copyOf(failed);
    }

    /** Searches that the collection before answered though they began after the switch was over. */
    public List<String> stale() {
        return List.copyOf(stale);
    }

    private void run() {
        while (!stopped) {
            Expectation begun = expectation;
            try {
                String answeredBy = search();
                boolean stillExpected = begun != ANY && begun == expectation;
                if (stillExpected && !answeredBy.equals(begun.collection())) {
                    stale.add("%s answered instead of %s".formatted(answeredBy, begun.collection()));
                }
            } catch (RuntimeException e) {
                String message = String.valueOf(e.getMessage());
                if (message.contains(NO_SHARD_LEADER)) {
                    withoutLeader.incrementAndGet();
                } else {
                    failed.add(message);
                }
            }
            done.incrementAndGet();
        }
    }

    private String search() {
        int rows = sdk.search(SearchReq.builder().collectionName(alias).annsField("vector")
                .data(List.of(new FloatVec(List.of(0f, 1f, 2f, 3f)))).topK(LIMIT).build())
                .getSearchResults().getFirst().size();
        return collectionByRows.getOrDefault(rows, "a collection of %d rows".formatted(rows));
    }

    /** Lets searches that run finish; they count. */
    public void stop() {
        stopped = true;
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() {
        stop();
        sdk.close();
    }
}
