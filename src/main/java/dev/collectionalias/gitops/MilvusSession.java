package dev.collectionalias.gitops;

import dev.collectionalias.cli.Failure;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusClient;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.RpcObserver;

/** A connection to a Milvus for as long as a command lasts. */
final class MilvusSession {

    private MilvusSession() {}

    /** What is done with it. */
    interface Work<R> {
        R with(MilvusClient client);
    }

    /** @throws Failure with the server's words if it does not let us in, or does not answer as it should */
    static <R> R run(ConnectionSettings settings, Work<R> work) {
        try (MilvusClient client = MilvusClient.connect(settings, RpcObserver.NONE)) {
            return work.with(client);
        } catch (MilvusException e) {
            throw new Failure(e.getMessage(), e);
        }
    }
}
