package dev.collectionalias.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import dev.collectionalias.support.ApiProxy;
import dev.collectionalias.support.ControlPlane;
import dev.collectionalias.support.Directories;
import dev.collectionalias.support.MilvusProxy;
import dev.collectionalias.support.OperatorJvm;
import dev.collectionalias.support.OperatorLease;
import dev.collectionalias.support.ShippedRole;

/**
 * An operator that may lead, with ways of its own to the API server and to Milvus, so that one can tell who wrote what. Where
 * a Milvus is it is told by its connection as the others are: by a name, which it takes for the address of its own way.
 */
final class Replica implements AutoCloseable {

    static final String MILVUS = "milvus.example.com";

    private static final Set<String> CHANGES = Set.of("CreateAlias", "AlterAlias", "DropAlias");

    private final String identity;
    private final ApiProxy api;
    private final MilvusProxy milvus;
    private final OperatorJvm operator;
    private volatile int apiWritesBefore;
    private volatile int milvusCallsBefore;

    /** @param address of its way to Milvus */
    Replica(String identity, ControlPlane controlPlane, String namespace, MilvusProxy milvus, String address) {
        this.identity = identity;
        this.milvus = milvus;
        api = new ApiProxy(controlPlane, ShippedRole.kubeconfig(controlPlane));
        operator = OperatorJvm.start(List.of("-Djdk.net.hosts.file=" + hosts(address)), api.kubeconfig(),
                Map.of("WATCH_NAMESPACES", namespace, "LEADER_ELECTION", "true", "POD_NAMESPACE",
                        OperatorLease.NAMESPACE, "POD_NAME", identity))
                .awaitReady();
    }

    private static Path hosts(String address) {
        try {
            return Files.writeString(Directories.fresh("hosts").resolve("hosts"),
                    "127.0.0.1 localhost%n%s %s%n".formatted(address, MILVUS));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String identity() {
        return identity;
    }

    OperatorJvm operator() {
        return operator;
    }

    /** It sleeps from the moment on that Milvus has carried out the next switch that it asks for. */
    void sleepDuringItsNextSwitch() {
        milvus.after("AlterAlias", () -> {
            operator.freeze();
            apiWritesBefore = api.writes().size();
            milvusCallsBefore = milvus.calls().size();
        });
    }

    boolean sleeps() {
        return milvusCallsBefore > 0;
    }

    /** What it has changed since, but for the lease that it would have liked to keep. */
    List<String> writesSinceItSlept() {
        return Stream.concat(
                api.writes().stream().skip(apiWritesBefore).filter(write -> !write.contains("leases")),
                milvus.calls().stream().skip(milvusCallsBefore).filter(CHANGES::contains)).toList();
    }

    @Override
    public void close() {
        operator.close();
        api.close();
        milvus.close();
    }
}
