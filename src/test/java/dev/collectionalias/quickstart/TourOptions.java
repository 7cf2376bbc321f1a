package dev.collectionalias.quickstart;

import dev.collectionalias.support.MilvusLite;
import dev.collectionalias.support.MilvusServer;
import dev.collectionalias.support.MilvusStandalone;
import picocli.CommandLine.Option;

/** What the command line asks for; {@code ./quickstart --help} explains it. */
final class TourOptions {

    @Option(names = "--serve")
    boolean serve;

    @Option(names = "--real")
    boolean realKubernetes;

    @Option(names = "--milvus", defaultValue = "lite")
    String milvus;

    MilvusServer milvusServer() {
        return switch (milvus) {
            case "lite" -> new MilvusLite();
            case "2.3.5" -> new MilvusStandalone();
            default -> throw new TourFailure("--milvus is lite or 2.3.5, not " + milvus);
        };
    }
}
