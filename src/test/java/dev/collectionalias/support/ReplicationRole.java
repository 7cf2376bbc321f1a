package dev.collectionalias.support;

/**
 * Whether {@link InProcessMilvus} is the primary of a replication or a secondary, which gets its changes from there: tests
 * make them in {@link MilvusState}.
 */
final class ReplicationRole {

    private volatile boolean secondary;

    void set(boolean isSecondary) {
        secondary = isSecondary;
    }

    /**
     * Before anything is looked up, as {@code WithResourceKeys} does in internal/streamingcoord/server/broadcaster; a name
     * that is not allowed is refused as such by the proxy, which is left out here.
     */
    void requirePrimary(Rpc rpc) {
        if (secondary && rpc.isBroadcast()) {
            throw new ServerFailure(ServerFailure.UNEXPECTED, "cluster is not primary, cannot do any DDL/DCL");
        }
    }
}
