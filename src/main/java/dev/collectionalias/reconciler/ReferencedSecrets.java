package dev.collectionalias.reconciler;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Watches the Secrets that connections refer to, each by its name. One informer for all Secrets would hold every
 * secret of the cluster in memory, and send them over the wire, for a handful that are used.
 */
final class ReferencedSecrets implements AutoCloseable {

    private static final long SYNC_SECONDS = 10;

    private final KubernetesClient client;
    private final Map<ObjectName, SharedIndexInformer<Secret>> informers = new ConcurrentHashMap<>();
    private final Consumer<ObjectName> onChange;

    /** @param onChange is told of each Secret that appears, changes or goes */
    ReferencedSecrets(KubernetesClient client, Consumer<ObjectName> onChange) {
        this.client = client;
        this.onChange = onChange;
    }

    /**
     * The Secret as it is now; watched from the first question on.
     *
     * @throws KubernetesClientException if it can't be read
     */
    Optional<Secret> find(ObjectName name) {
        SharedIndexInformer<Secret> informer = informers.computeIfAbsent(name, this::watch);
        return Optional.ofNullable(informer.getStore().getByKey(name.toString()));
    }

    /** Stops watching Secrets that nothing refers to any more. */
    void retain(Set<ObjectName> referenced) {
        informers.keySet().stream().filter(name -> !referenced.contains(name)).forEach(this::forget);
    }

    @Override
    public void close() {
        retain(Set.of());
    }

    private void forget(ObjectName name) {
        SharedIndexInformer<Secret> informer = informers.remove(name);
        if (informer != null) {
            informer.stop();
        }
    }

    private SharedIndexInformer<Secret> watch(ObjectName name) {
        SharedIndexInformer<Secret> informer = client.secrets().inNamespace(name.namespace()).withName(name.name())
                .runnableInformer(0);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(Secret added) {
                onChange.accept(name);
            }

            @Override
            public void onUpdate(Secret before, Secret now) {
                onChange.accept(name);
            }

            @Override
            public void onDelete(Secret gone, boolean finalStateUnknown) {
                onChange.accept(name);
            }
        });
        try {
            informer.start().toCompletableFuture().get(SYNC_SECONDS, TimeUnit.SECONDS);
            // One that stops by itself would go on telling what it saw last.
            informer.stopped().whenComplete((nothing, error) -> {
                if (informers.remove(name, informer)) {
                    onChange.accept(name);
                }
            });
            return informer;
        } catch (ExecutionException | TimeoutException e) {
            informer.stop();
            throw new KubernetesClientException("Secret " + name + " can't be read", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            informer.stop();
            throw new KubernetesClientException("Secret " + name + " can't be read", e);
        }
    }
}
