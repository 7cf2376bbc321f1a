package dev.collectionalias.support;

/** A Milvus server of a test's own: on free ports, with data of its own, and nothing left of it once it is closed. */
public interface MilvusServer extends AutoCloseable {

    /** What it is and which version, as in {@code Milvus 2.3.5}. */
    String name();

    /** Where it listens; the same after a restart. */
    String uri();

    /** What somebody authenticates with who may do everything; empty where nobody is asked who he is. */
    default String token() {
        return "";
    }

    /** Starts it on the data that it has, and returns when it answers. */
    void start();

    /** Ends it as {@code kill -9} does; its data stays. */
    void kill();

    default void restart() {
        kill();
        start();
    }

    /** Ends it and deletes its data. */
    @Override
    void close();
}
