package dev.collectionalias.cli;

import static java.lang.String.format;

import java.io.File;
import java.io.IOException;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamedContext;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import picocli.CommandLine.Option;

/** Which cluster and namespace is meant, said as kubectl lets its users say it. */
final class KubernetesTarget {

    /** Somebody waits before the screen; kubectl does not try again either. */
    private static final int RETRIES = 1;
    /** What managedFields say of who asked for a promotion. */
    private static final String FIELD_MANAGER = "kubectl-calias";
    private static final String DEFAULT_NAMESPACE = "default";
    private static final String KIND = HasMetadata.getFullResourceName(CollectionAlias.class);

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NAMESPACE", description = "The object's namespace. Default: the context's.")
    private String namespace;

    @Option(names = "--context", paramLabel = "CONTEXT", description = "The context of the kubeconfig. Default: the current one.")
    private String context;

    @Option(names = "--kubeconfig", paramLabel = "FILE", description = "The kubeconfig. Default: $$KUBECONFIG, else ~/.kube/config.")
    private File kubeconfig;

    /** A client whose namespace is the one that is meant; to be closed by who asked for it. */
    KubernetesClient connect() {
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
        // The client would go on with another cluster, which is not what was asked for.
        if (context != null && (current == null || !context.equals(current.getName()))) {
            throw new Failure(format("the kubeconfig has no context \"%s\"", context));
        }
        return config;
    }

    static Resource<CollectionAlias> resource(KubernetesClient client, String name) {
        return client.resources(CollectionAlias.class).inNamespace(client.getNamespace()).withName(name);
    }

    /** The object as it is now. */
    static CollectionAlias find(KubernetesClient client, String name) {
        CollectionAlias alias = read(client, name);
        if (alias != null) {
            return alias;
        }
        throw new Failure(client.supports(CollectionAlias.class)
                ? format("%s \"%s\" not found in namespace \"%s\"", KIND, name, client.getNamespace())
                : format("the cluster at %s knows no %s: the operator is not installed there",
                        client.getMasterUrl(), KIND));
    }

    /** The first call: here it turns out whether anybody answers. */
    private static CollectionAlias read(KubernetesClient client, String name) {
        try {
            return resource(client, name).get();
        } catch (KubernetesClientException e) {
            if (e.getCause() instanceof IOException broken) {
                throw new Failure(format("the Kubernetes API at %s does not answer: %s", client.getMasterUrl(),
                        reason(broken)), e);
            }
            throw e;
        }
    }

    /** The client wraps what happened, often without a word of its own. */
    private static String reason(Throwable broken) {
        String reason = "no connection";
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            reason = cause.getMessage() == null ? reason : cause.getMessage();
        }
        return reason;
    }
}
