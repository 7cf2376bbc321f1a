package dev.collectionalias.bench;

import java.util.Optional;
import java.util.Set;

import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.Scrape;

/** An operator that takes part. Each runs alone, as a process of its own. */
interface Contender {

    /** What not every operator can do, so that it is not measured for all. */
    enum Ability {
        /** Its aliases may be in any database; else all are in {@code default}. */
        DATABASES,
        /** It looks after aliases at rest, as often as {@code spec.refreshInterval} says. */
        DRIFT,
        /** Of several processes one works, and another one takes over from it. */
        LEADER_ELECTION
    }

    /** A process. */
    interface Running extends AutoCloseable {
        long pid();

        /** Returns when it has begun to watch, where it tells so. */
        void awaitReady();

        /** What it says at /metrics, where it has that. */
        default Optional<Scrape> scrape() {
            return Optional.empty();
        }

        /** What it holds on to, where it runs on Java. Collects all garbage first. */
        default Optional<JavaHeap> heap() {
            return Optional.empty();
        }

        /** Asks it to stop, as the kubelet does, and returns when it is gone. */
        void stop();

        /** Ends it as {@code kill -9} does. */
        void kill();

        /** Leaves nothing running. */
        @Override
        void close();
    }

    String name();

    /** What it is made of, with the versions. */
    String version();

    AliasKind kind();

    Set<Ability> abilities();

    /** Makes what it reads about a Milvus for the aliases of one namespace, which is there. */
    void connect(String namespace, MilvusServer milvus);

    /** Takes that away again, while it runs and no alias is left. */
    void disconnect(String namespace);

    /** Starts a process of it, which may not be ready yet. */
    Running launch(String process, MilvusServer milvus);
}
