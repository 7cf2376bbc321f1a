package dev.collectionalias.support;

import java.nio.file.Path;

/** Milvus' client for Python, which most of its users have. */
public final class Pymilvus {

    private Pymilvus() {}

    /** The directory of a {@code python} that has it. */
    public static String path() {
        return Path.of(MilvusLite.python().binary("python")).getParent().toString();
    }

    /** Runs a script to its end, and fails as it does. */
    public static void run(String script) {
        Command.of(MilvusLite.python().binary("python"), "-").reading(script).runOrFail();
    }
}
