package dev.collectionalias.support;

import io.fabric8.kubernetes.client.KubernetesClient;

/**
 * A namespace that only one test uses.
 *
 * @param client the administrator's client, whose default namespace this is
 */
public record TestNamespace(String name, KubernetesClient client) {}
