package dev.collectionalias.cli;

import static java.lang.String.format;

import java.io.IOException;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a user names a namespace of a cluster, as in kubectl. */
final class KubernetesTarget {

    private static final String KIND = HasMetadata.getFullResourceName(CollectionAlias.class);

    @Option(names = {"-n",
            "--namespace"}, paramLabel = "NAMESPACE", description = "The object's namespace. Default: the context's.")
    private String namespace;

    @Mixin
    private Kubeconfig kubeconfig;

    /** A client of this namespace. The caller closes it. */
    KubernetesClient connect() {
        return kubeconfig.connect(namespace);
    }

    static Resource<CollectionAlias> resource(KubernetesClient client, String name) {
        return client.resources(CollectionAlias.class).inNamespace(client.getNamespace()).withName(name);
    }

    /** Reads the object. */
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

    /** The command's first call. It shows whether the API server answers. */
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

    /** The client wraps the cause, often without a message of its own. */
    private static String reason(Throwable broken) {
        String reason = "no connection";
        for (Throwable cause = broken; cause != null; cause = cause.getCause()) {
            reason = cause.getMessage() == null ? reason : cause.getMessage();
        }
        return reason;
    }
}
