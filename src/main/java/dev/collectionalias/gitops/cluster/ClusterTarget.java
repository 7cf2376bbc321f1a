package dev.collectionalias.gitops.cluster;

import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;

import dev.collectionalias.cli.Failure;
import dev.collectionalias.cli.Kubeconfig;
import io.fabric8.kubernetes.client.KubernetesClient;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say whether a command reads a cluster, and which one. */
public final class ClusterTarget {

    @Option(names = "--cluster", description = "Look at the objects in the cluster, too. Default: the command needs no cluster.")
    private boolean wanted;

    @Mixin
    private Kubeconfig kubeconfig;

    /**
     * Reads the cluster; empty: the user has not asked for one.
     *
     * @param namespace  that the user has named; null: the context's
     * @param namespaces that the command needs, given its own namespace
     * @param notes      hears what the command does not know
     */
    public Optional<Cluster> read(String namespace, Function<String, Set<String>> namespaces, Consumer<String> notes) {
        if (!wanted) {
            if (kubeconfig.isGiven()) {
                throw new Failure("--context and --kubeconfig are about a cluster: say --cluster, too");
            }
            return Optional.empty();
        }
        try (KubernetesClient client = kubeconfig.connect(namespace)) {
            return Optional.of(new ClusterReader(client, namespaces.apply(client.getNamespace()), notes).read());
        }
    }
}
