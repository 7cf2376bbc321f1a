package dev.collectionalias.faults;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import dev.collectionalias.support.MilvusAliases;

/** Somebody who wants an alias elsewhere than its object does, and moves it there whenever it is not. */
final class ForeignWriter implements AutoCloseable {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    private final MilvusAliases milvus;
    private final String alias;
    private final String collection;
    private final Thread thread = new Thread(this::insist, "foreign-writer");
    private final AtomicInteger moves = new AtomicInteger();
    private volatile boolean stopped;

    ForeignWriter(MilvusAliases milvus, String alias, String collection) {
        this.milvus = milvus;
        this.alias = alias;
        this.collection = collection;
    }

    void begin() {
        thread.start();
    }

    private void insist() {
        while (!stopped) {
            if (!milvus.target(alias).orElseThrow().equals(collection)) {
                milvus.move(alias, collection);
                moves.incrementAndGet();
            }
            Drill.letPass(BETWEEN_LOOKS);
        }
    }

    int moves() {
        return moves.get();
    }

    @Override
    public void close() {
        stopped = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
