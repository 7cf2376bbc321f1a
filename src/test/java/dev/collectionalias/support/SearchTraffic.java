package dev.collectionalias.support;

import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

import io.milvus.v2.client.MilvusClientV2;
import io.milvus.v2.client.RetryConfig;
import io.milvus.v2.service.vector.request.SearchReq;
import io.milvus.v2.service.vector.request.data.FloatVec;
import io.milvus.v2.service.vector.response.SearchResp.SearchResult;

/**
 * Searches through an alias without a pause, as an application does that knows nothing of collections. Which collection
 * answered is told by its rows.
 */
public final class SearchTraffic implements AutoCloseable {

    /** The collection that has to answer; none while it is changed, when either may. */
    private record Expectation(String collection, long since) {

        Expectation(String collection) {
            this(collection, System.nanoTime());
        }

        String missedBy(String answeredBy, long began) {
            return "%s answered instead of %s a search that began %.1f ms after it had to".formatted(answeredBy,
                    collection, (began - since) / 1e6);
        }
    }

    private static final Expectation ANY = new Expectation(null);
    private static final int LIMIT = 100;
    /**
     * What Milvus 2.3.5 says when it does not know who leads a shard. Seen within seconds after collections were loaded;
     * that it happens without a switch too is not shown. Such searches are counted apart from the failed ones.
     */
    private static final String NO_SHARD_LEADER = "can not find client of node -1";
    /**
     * What the proxy of Milvus 2.3.5 says when its cache is expired while a search uses it: it has looked the alias up, then
     * looks into its cache again and finds nothing. Whatever expires the cache does that, an alter too; a few in 200
     * switches hit a search of a client that never pauses. Counted apart too.
     */
    private static final String CACHE_EXPIRED = "can't find collection name";

    private final MilvusClientV2 sdk;
    private final String alias;
    private final Function<List<SearchResult>, String> answeredBy;
    private final AtomicInteger done = new AtomicInteger();
    private final AtomicInteger checked = new AtomicInteger();
    private final AtomicInteger withoutLeader = new AtomicInteger();
    private final AtomicInteger forgotten = new AtomicInteger();
    private final AtomicInteger excused = new AtomicInteger();
    private final Queue<String> failed = new ConcurrentLinkedQueue<>();
    private final Queue<String> stale = new ConcurrentLinkedQueue<>();
    private final Workers searchers;
    private volatile Expectation expectation = ANY;
    private volatile boolean serverIsDown;

    /** @param collectionByRows the collections that may answer, each with another number of rows */
    public SearchTraffic(MilvusServer milvus, String alias, Map<Integer, String> collectionByRows, int threadCount) {
        this(milvus, alias, hits -> collectionByRows.getOrDefault(hits.size(),
                "a collection of %d rows".formatted(hits.size())), threadCount);
    }

    /** @param answeredBy tells a collection by what it found */
    public SearchTraffic(MilvusServer milvus, String alias, Function<List<SearchResult>, String> answeredBy,
            int threadCount) {
        this.alias = alias;
        this.answeredBy = answeredBy;
        sdk = SdkClients.of(milvus, 10_000);
        // A retry would hide a failure.
        sdk.retryConfig(RetryConfig.builder().maxRetryTimes(1).build());
        searchers = new Workers("search", threadCount, () -> this::searchOnce);
    }

    /** From now on either the collection before or the one after may answer. */
    public void expectAny() {
        expectation = ANY;
    }

    /** Every search that begins from now on has to be answered by this collection. */
    public void expect(String collection) {
        expectation = new Expectation(collection);
    }

    /** From now on the server can't answer: a search that begins or ends until then may fail. */
    public void serverIsDown() {
        serverIsDown = true;
    }

    public void serverIsUp() {
        serverIsDown = false;
    }

    public int done() {
        return done.get();
    }

    /** Searches that began after a switch was over and were answered before the next one, so that one answer is right. */
    public int checked() {
        return checked.get();
    }

    /** Searches that the server could not answer because it did not know who leads a shard. */
    public int withoutLeader() {
        return withoutLeader.get();
    }

    /** Searches that the server lost because its proxy's cache was expired meanwhile. */
    public int forgotten() {
        return forgotten.get();
    }

    /** Searches that failed because the server was down. */
    public int excused() {
        return excused.get();
    }

    public List<String> failed() {
        return List.copyOf(failed);
    }

    /** Searches that the collection before answered though they began after the switch was over. */
    public List<String> stale() {
        return List.copyOf(stale);
    }

    @SuppressWarnings("ReferenceEquality") // two expectations of one collection are two
    private void searchOnce() {
        Expectation begun = expectation;
        boolean wasDown = serverIsDown;
        long began = System.nanoTime();
        try {
            String collection = search();
            boolean stillExpected = begun != ANY && begun == expectation;
            if (stillExpected) {
                checked.incrementAndGet();
                if (!collection.equals(begun.collection())) {
                    stale.add(begun.missedBy(collection, began));
                }
            }
        } catch (RuntimeException e) {
            String message = String.valueOf(e.getMessage());
            if (wasDown || serverIsDown) {
                excused.incrementAndGet();
            } else if (message.contains(NO_SHARD_LEADER)) {
                withoutLeader.incrementAndGet();
            } else if (message.contains(CACHE_EXPIRED)) {
                forgotten.incrementAndGet();
            } else {
                failed.add(message);
            }
        }
        done.incrementAndGet();
    }

    private String search() {
        return answeredBy.apply(sdk.search(SearchReq.builder().collectionName(alias).annsField("vector")
                .data(List.of(new FloatVec(List.of(0f, 1f, 2f, 3f)))).limit(LIMIT).build())
                .getSearchResults().getFirst());
    }

    /** Lets searches that run finish; they count. */
    public void stop() {
        searchers.stop();
    }

    @Override
    public void close() {
        stop();
        sdk.close();
    }
}
