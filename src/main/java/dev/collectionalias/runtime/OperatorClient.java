package dev.collectionalias.runtime;

import dev.collectionalias.act.WritePermit;
import dev.collectionalias.kubernetes.OperatorHttpClient;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;

/** Makes the one client by which the operator talks to its API server. */
public final class OperatorClient {

    /** The API server writes the name of the client into managedFields, up to the first slash. */
    private static final String FIELD_MANAGER = "collection-alias-operator";

    /** The operator tries again by itself, and shows that it does. */
    private static final int RETRIES = 3;

    /** Of the 100 that a kube-apiserver takes on a connection; the lease, and what else shares it, need room. */
    static final int MOST_CALLS = 64;

    private OperatorClient() {}

    /**
     * @param config says where the API server is, and who calls
     * @param permit whether the process may change anything there
     */
    public static KubernetesClient of(ConfigBuilder config, WritePermit permit) {
        return new KubernetesClientBuilder().withKubernetesSerialization(LeanObjects.serialization())
                .withHttpClientFactory(new OperatorHttpClient.Factory(MOST_CALLS, permit))
                .withConfig(
                        config.withUserAgent(FIELD_MANAGER).withRequestRetryBackoffLimit(RETRIES).build())
                .build();
    }
}
