package dev.collectionalias.kubernetes;

import static java.lang.String.format;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.kubernetes.SettingsReader.Lack;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Asks where the servers of milvus-operator are, and whether they are ready. The operator asks with each look at a connection. It
 * has no watch, since the kind may not be installed.
 */
public final class ManagedMilvuses {

    private static final ResourceDefinitionContext MILVUS = new ResourceDefinitionContext.Builder()
            .withGroup("milvus.io").withVersion("v1beta1").withKind("Milvus").withPlural("milvuses")
            .withNamespaced(true).build();
    private static final String PORT_NAME = "milvus";

    /** The answer about one server. */
    public sealed interface Found permits ManagedMilvus, Nowhere {}

    /** @param lack whether there is no such server, rather than none yet */
    record Nowhere(String why, Lack lack) implements Found {}

    private final KubernetesClient client;

    public ManagedMilvuses(KubernetesClient client) {
        this.client = client;
    }

    public Found find(ObjectName name) {
        try {
            GenericKubernetesResource milvus = client.genericKubernetesResources(MILVUS).inNamespace(name.namespace())
                    .withName(name.name()).get();
            return milvus == null ? absent(name) : found(name, milvus);
        } catch (KubernetesClientException e) {
            return new Nowhere(format("Milvus %s can't be read: the operator may not, or the API server does "
                    + "not answer", name), Lack.of(e));
        }
    }

    private Found absent(ObjectName name) {
        boolean installed = client.supports(MILVUS.getGroup() + "/" + MILVUS.getVersion(), MILVUS.getKind());
        return new Nowhere(installed
                ? format("there is no Milvus %s", name)
                : format("Milvus %s can't be looked up: the kind Milvus of milvus.io/v1beta1 is not installed; "
                        + "install milvus-operator, or give a uri", name),
                Lack.GONE);
    }

    /** milvus-operator makes a Service for every server. The Service tells the port, wherever a user configured that. */
    private Found found(ObjectName name, GenericKubernetesResource milvus) {
        ObjectName service = new ObjectName(name.namespace(), ServerAddresses.serviceOf(name.name()));
        return port(client.services().inNamespace(service.namespace()).withName(service.name()).get())
                .<Found>map(port -> new ManagedMilvus(name, ServerAddresses.hostOf(name) + ":" + port,
                        isConfiguredForTls(milvus), unsettled(name, milvus)))
                .orElseGet(() -> new Nowhere(
                        format("Milvus %s has no address yet: there is no Service %s with a port named %s", name,
                                service, PORT_NAME),
                        Lack.NONE));
    }

    private static Optional<String> unsettled(ObjectName name, GenericKubernetesResource milvus) {
        if (milvus.isMarkedForDeletion()) {
            return Optional.of(format("Milvus %s is being deleted", name));
        }
        Optional<Map<String, Object>> ready = condition(milvus, "MilvusReady");
        if (ready.isEmpty()) {
            return Optional.of(format("milvus-operator has not said yet whether Milvus %s is ready", name));
        }
        if (!"True".equals(ready.get().get("status"))) {
            return Optional.of(format("Milvus %s is not ready: %s", name, said(ready.get())));
        }
        if (isBehind(milvus)) {
            return Optional.of(format("Milvus %s was changed, and milvus-operator has not acted upon that yet", name));
        }
        // milvus-operator before 0.7.6 says nothing of it.
        return condition(milvus, "MilvusUpdated").filter(updated -> "False".equals(updated.get("status")))
                .map(updated -> format("Milvus %s is being updated: %s", name, said(updated)));
    }

    private static Optional<Map<String, Object>> condition(GenericKubernetesResource milvus, String type) {
        List<Map<String, Object>> conditions = milvus.get("status", "conditions");
        return conditions == null
                ? Optional.empty()
                : conditions.stream().filter(condition -> type.equals(condition.get("type"))).findFirst();
    }

    /** Whether its conditions are about an earlier generation. */
    private static boolean isBehind(GenericKubernetesResource milvus) {
        Number observed = milvus.get("status", "observedGeneration");
        Long generation = milvus.getMetadata().getGeneration();
        return observed != null && generation != null && observed.longValue() < generation;
    }

    /** With the reason: milvus-operator swaps the messages of MilvusStopping and MilvusStopped. */
    private static String said(Map<String, Object> condition) {
        return Stream.of("reason", "message").map(condition::get).filter(Objects::nonNull).map(Object::toString)
                .filter(text -> !text.isBlank()).collect(Collectors.joining(": "));
    }

    private static Optional<Integer> port(Service service) {
        return service == null
                ? Optional.empty()
                : service.getSpec().getPorts().stream().filter(port -> PORT_NAME.equals(port.getName()))
                        .map(ServicePort::getPort).findFirst();
    }

    /** 1: the server shows a certificate; 2: the client has to as well. */
    private static boolean isConfiguredForTls(GenericKubernetesResource milvus) {
        Object mode = milvus.get("spec", "config", "common", "security", "tlsMode");
        return mode != null && List.of("1", "2").contains(mode.toString());
    }
}
