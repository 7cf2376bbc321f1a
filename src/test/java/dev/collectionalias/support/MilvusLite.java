package dev.collectionalias.support;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Milvus Lite 3.2.2: small, quick to start, and different from every other Milvus in its error codes. */
public final class MilvusLite implements MilvusServer {

    private static final String VERSION = "3.2.2";
    /** Has the server's messages; the server's package does not ask for it. */
    private static final String PYMILVUS = "3.0.2";

    private final int port = FreePorts.next();
    private final Path directory = Directories.fresh("milvus-lite");
    private ServerProcess process;

    @Override
    public String name() {
        return "Milvus Lite " + VERSION;
    }

    @Override
    public String uri() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void start() {
        PythonEnvironment python = python();
        List<String> command = List.of(python.binary("milvus-lite"), "server", "--host", "127.0.0.1", "--port",
                Integer.toString(port), "--data-dir", directory.resolve("data").toString());
        process = ServerProcess.start(name(), command, directory, Map.of(), directory.resolveSibling("logs").resolve(
                directory.getFileName() + ".log"));
        process.awaitReady(() -> MilvusProbe.takesChanges(port));
    }

    /** The environment that the server runs in; pymilvus is there. */
    static PythonEnvironment python() {
        return PythonEnvironment.with("milvus-lite", environment -> {}, "milvus-lite==" + VERSION,
                "pymilvus==" + PYMILVUS);
    }

    @Override
    public void kill() {
        if (process != null) {
            process.close();
        }
    }

    @Override
    public void close() {
        kill();
        Directories.delete(directory);
    }
}
