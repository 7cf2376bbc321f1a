package dev.collectionalias.cli;

import static java.lang.String.format;

import java.io.File;

import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import picocli.CommandLine.Option;

/** The options by which a user names a cluster, as in kubectl. */
public final class Kubeconfig {

    /** A person is waiting at the screen. kubectl does not try again either. */
    private static final int RETRIES = 1;
    /** The writer of the annotation, in the object's {@code managedFields}. */
    private static final String FIELD_MANAGER = "kubectl-calias";
    private static final String DEFAULT_NAMESPACE = "default";

    @Option(names = "--context", paramLabel = "CONTEXT", description = "The context of the kubeconfig. Default: the current one.")
    private String context;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig. Default: $$KUBECONFIG, else ~/.kube/config.")
    private File kubeconfig;

    /** Whether the user has given any of these options. */
    public boolean isGiven() {
        return context != null || kubeconfig != null;
    }

    /**
     * A client of this cluster and of one namespace. The caller closes it.
     *
     * @param namespace null: that of the context
     */
    public KubernetesClient connect(String namespace) {
        Config config = config();
        config.setRequestRetryBackoffLimit(RETRIES);
        config.setUserAgent(FIELD_MANAGER);
        if (namespace != null) {
            config.setNamespace(namespace);
        } else if (config.getNamespace() == null) {
            config.setNamespace(DEFAULT_NAMESPACE);
        }
        return new KubernetesClientBuilder().withConfig(config).build();
    }

    private Config config() {
        if (kubeconfig != null && !kubeconfig.canRead()) {
            throw new Failure(format("the kubeconfig %s can't be read", kubeconfig));
        }
        Config config = kubeconfig == null
                ? Config.autoConfigure(context)
                : Config.fromKubeconfig(context, kubeconfig);
        NamedContext current = config.getCurrentContext();
        if (context == null && current == null && config.getMasterUrl().startsWith(Config.DEFAULT_MASTER_URL)) {
            throw new Failure("no cluster is configured: set KUBECONFIG, or name a kubeconfig with --kubeconfig");
        }
        // The client would go on with another cluster than the user has named.
        if (context != null && (current == null || !context.equals(current.getName()))) {
            throw new Failure(format("the kubeconfig has no context \"%s\"", context));
        }
        return config;
    }
}
