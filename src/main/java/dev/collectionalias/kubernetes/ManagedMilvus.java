package dev.collectionalias.kubernetes;

import java.util.Optional;

import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.plan.ObjectName;

/**
 * A server that milvus-operator looks after, with the state that milvus-operator reports. That state explains a failure. It never
 * keeps the operator from trying.
 *
 * @param address            host and port
 * @param isConfiguredForTls whether its configuration has TLS on; the running server may differ
 * @param unsettled          why the server may differ from its spec; empty: milvus-operator calls it ready and up to date
 */
record ManagedMilvus(ObjectName name, String address, boolean isConfiguredForTls, Optional<String> unsettled)
        implements
            ManagedMilvuses.Found {

    /** As a user would write it. If the connection asks for TLS, the operator sends nothing without it. */
    String uri(boolean tlsIsAskedFor) {
        return (isConfiguredForTls || tlsIsAskedFor ? "https://" : "http://") + address;
    }

    /** The server's own words count for more than milvus-operator's, unless the server is about to change. */
    Failed explain(MilvusException failure, boolean inTls) {
        return switch (failure.kind().reason()) {
            case ConnectionFailed -> unsettled.map(ManagedMilvus::notReady).orElseGet(() -> Failed.because(failure));
            case TLSFailed -> unsettled.map(why -> notReady(why + "; meanwhile, " + failure.finding()))
                    .orElseGet(() -> failure.isOneSided()
                            ? new Failed(Reason.TLSFailed, failure.finding() + "; " + cure(inTls), Loss.NONE)
                            : Failed.because(failure));
            default -> Failed.because(failure);
        };
    }

    private static Failed notReady(String why) {
        return new Failed(Reason.MilvusNotReady, why, Loss.NONE);
    }

    /** There is no uri whose scheme could be changed. */
    private String cure(boolean inTls) {
        String milvus = "the spec.config of Milvus " + name;
        if (!inTls) {
            return "set spec.tls, to {} if nothing else, since tlsMode in " + milvus + " is neither 1 nor 2";
        }
        return isConfiguredForTls
                ? "restart its pods, since tlsMode in " + milvus
                        + " is 1 or 2, and milvus-operator leaves pods alone when "
                        + "only the configuration changes"
                : "set tlsMode in " + milvus + " to 1 or 2 and restart its pods, or remove spec.tls";
    }
}
