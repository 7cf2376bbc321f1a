package dev.collectionalias.support;

/** Milvus' client for Python, which most of its users have. */
public final class Pymilvus {

    private Pymilvus() {}

    /** Runs a script to its end, and fails as it does. */
    public static void run(String script) {
        Command.of(MilvusLite.python().binary("python"), "-").reading(script).runOrFail();
    }
}
