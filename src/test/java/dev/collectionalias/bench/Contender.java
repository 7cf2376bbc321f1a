package dev.collectionalias.bench;

import dev.collectionalias.support.MilvusServer;

/** An operator that takes part. Each runs alone, as a process of its own. */
interface Contender {

    /** A process that runs. */
    interface Running extends AutoCloseable {
        long pid();

        @Override
        void close();
    }

    String name();

    /** What it is made of, with the versions. */
    String version();

    AliasKind kind();

    /** Starts it for the aliases of one namespace, which is there, and one Milvus. It may not be ready yet. */
    Running start(String namespace, MilvusServer milvus);
}
