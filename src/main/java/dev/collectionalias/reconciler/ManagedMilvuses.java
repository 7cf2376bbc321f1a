package dev.collectionalias.reconciler;

import static java.lang.String.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;

/**
 * Asks where the servers are that milvus-operator looks after, and whether they are ready. They are asked for whenever a
 * connection is looked at, and not watched, since the kind may not be installed.
 */
final class ManagedMilvuses {

    private static final ResourceDefinitionContext MILVUS = new ResourceDefinitionContext.Builder()
            .withGroup("milvus.io").withVersion("v1beta1").withKind("Milvus").withPlural("milvuses")
            .withNamespaced(true).build();
    private static final String PORT_NAME = "milvus";
    private static final String READY_CONDITION = "MilvusReady";

    /** What there is to know of one server. */
    sealed interface Found {

        /**
         * @param uri      where it is, as a user would write it
         * @param unready  why milvus-operator does not call it ready; empty: it does
         */
        record At(String uri, Optional<String> unready) implements Found {}

        /** @param gone whether there is no such server, rather than none yet */
        record Nowhere(String why, boolean gone) implements Found {}
    }

    private final KubernetesClient client;

    ManagedMilvuses(KubernetesClient client) {
        this.client = client;
    }

    Found find(ObjectName name) {
        try {
            GenericKubernetesResource milvus = client.genericKubernetesResources(MILVUS).inNamespace(name.namespace())
                    .withName(name.name()).get();
            return milvus == null ? absent(name) : found(name, milvus);
        } catch (KubernetesClientException e) {
            return new Found.Nowhere(format("Milvus %s can't be read: the operator may not, or the API server does "
                    + "not answer", name), false);
        }
    }

    private Found absent(ObjectName name) {
        boolean installed = client.supports(MILVUS.getGroup() + "/" + MILVUS.getVersion(), MILVUS.getKind());
        return new Found.Nowhere(installed
                ? format("there is no Milvus %s", name)
                : format("Milvus %s can't be looked up: the kind Milvus of milvus.io/v1beta1 is not installed; "
                        + "install milvus-operator, or give a uri", name),
                true);
    }

    /** By its Service, which milvus-operator makes for every server, and which tells the port, however that is configured. */
    private Found found(ObjectName name, GenericKubernetesResource milvus) {
        ObjectName service = new ObjectName(name.namespace(), ServerAddresses.serviceOf(name.name()));
        return port(client.services().inNamespace(service.namespace()).withName(service.name()).get())
                .<Found>map(port -> new Found.At((speaksTls(milvus) ? "https://" : "http://")
                        + ServerAddresses.hostOf(name) + ":" + port, unready(name, milvus)))
                .orElseGet(() -> new Found.Nowhere(
                        format("Milvus %s has no address yet: there is no Service %s with a port named %s", name,
                                service, PORT_NAME),
                        false));
    }

    private static Optional<String> unready(ObjectName name, GenericKubernetesResource milvus) {
        if (milvus.isMarkedForDeletion()) {
            return Optional.of(format("Milvus %s is being deleted", name));
        }
        List<Map<String, Object>> conditions = milvus.get("status", "conditions");
        Optional<Map<String, Object>> ready = conditions == null
                ? Optional.empty()
                : conditions.stream().filter(condition -> READY_CONDITION.equals(condition.get("type"))).findFirst();
        if (ready.isEmpty()) {
            return Optional.of(format("milvus-operator has not said yet whether Milvus %s is ready", name));
        }
        return "True".equals(ready.get().get("status"))
                ? Optional.empty()
                : Optional.of(format("Milvus %s is not ready: %s", name, why(ready.get())));
    }

    private static String why(Map<String, Object> condition) {
        Object message = condition.get("message");
        return message == null || message.toString().isBlank()
                ? "milvus-operator gives the reason " + condition.get("reason")
                : message.toString();
    }

    private static Optional<Integer> port(Service service) {
        return service == null
                ? Optional.empty()
                : service.getSpec().getPorts().stream().filter(port -> PORT_NAME.equals(port.getName()))
                        .map(ServicePort::getPort).findFirst();
    }

    /** 1: the server shows a certificate; 2: the client has to as well. */
    private static boolean speaksTls(GenericKubernetesResource milvus) {
        Object mode = milvus.get("spec", "config", "common", "security", "tlsMode");
        return mode != null && List.of("1", "2").contains(mode.toString());
    }
}
