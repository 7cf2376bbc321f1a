package dev.collectionalias.gitops.server;

import dev.collectionalias.cli.Failure;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.RpcObserver;

/** A connection to a Milvus that lasts as long as a command. */
public final class MilvusSession {

    private MilvusSession() {}

    /** Work that needs the connection. */
    public interface Work<R> {
        R with(MilvusClient client);
    }

    /** @throws Failure with the server's words if the server does not let the command in, or fails a call */
    public static <R> R run(ConnectionSettings settings, Work<R> work) {
        try (MilvusClient client = MilvusClient.connect(settings, RpcObserver.NONE)) {
            return work.with(client);
        } catch (MilvusException e) {
            throw new Failure(e.getMessage(), e);
        }
    }
}
