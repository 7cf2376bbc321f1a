package dev.collectionalias.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;

/**
 * Watches the Secrets and ConfigMaps that connections refer to, each by its name. One informer for all Secrets would hold
 * every secret of the cluster in memory, and send them over the wire, for a handful that are used.
 */
public final class ReferencedObjects implements AutoCloseable {

    private static final long SYNC_SECONDS = 10;

    private final KubernetesClient client;
    private final Map<Reference, SharedIndexInformer<? extends HasMetadata>> informers = new ConcurrentHashMap<>();
    private final Consumer<Reference> onChange;

    /** @param onChange is told of each object that appears, changes or goes */
    public ReferencedObjects(KubernetesClient client, Consumer<Reference> onChange) {
        this.client = client;
        this.onChange = onChange;
    }

    /**
     * What is in the object now, as text by its key; watched from the first question on.
     *
     * @return empty if there is no such object
     * @throws KubernetesClientException if it can't be read
     */
    public Optional<Map<String, String>> find(Reference reference) {
        SharedIndexInformer<? extends HasMetadata> informer = informers.computeIfAbsent(reference, this::watch);
        return Optional.ofNullable(informer.getStore().getByKey(reference.name().toString()))
                .map(ReferencedObjects::entries);
    }

    static Map<String, String> entries(HasMetadata object) {
        Map<String, String> entries = new HashMap<>();
        switch (object) {
            case Secret secret when secret.getData() != null -> secret.getData()
                    .forEach((key, encoded) -> decode(encoded).ifPresent(text -> entries.put(key, text)));
            case ConfigMap configMap when configMap.getData() != null -> entries.putAll(configMap.getData());
            default -> {
                // there is nothing in it
            }
        }
        return entries;
    }

    /** Empty for what no API server would store. */
    private static Optional<String> decode(String encoded) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Stops watching what nothing refers to any more. */
    public void retain(Set<Reference> referenced) {
        informers.keySet().stream().filter(reference -> !referenced.contains(reference)).forEach(this::forget);
    }

    @Override
    public void close() {
        retain(Set.of());
    }

    private void forget(Reference reference) {
        SharedIndexInformer<? extends HasMetadata> informer = informers.remove(reference);
        if (informer != null) {
            informer.stop();
        }
    }

    private SharedIndexInformer<? extends HasMetadata> watch(Reference reference) {
        return switch (reference.kind()) {
            case Secret -> watch(reference, client.secrets());
            case ConfigMap -> watch(reference, client.configMaps());
        };
    }

    private <T extends HasMetadata> SharedIndexInformer<T> watch(Reference reference,
            MixedOperation<T, ?, ? extends Resource<T>> objects) {
        SharedIndexInformer<T> informer = objects.inNamespace(reference.name().namespace())
                .withName(reference.name().name()).runnableInformer(0);
        informer.addEventHandler(new ResourceEventHandler<>() {
            @Override
            public void onAdd(T added) {
                onChange.accept(reference);
            }

            @Override
            public void onUpdate(T before, T now) {
                onChange.accept(reference);
            }

            @Override
            public void onDelete(T gone, boolean finalStateUnknown) {
                onChange.accept(reference);
            }
        });
        try {
            informer.start().toCompletableFuture().get(SYNC_SECONDS, TimeUnit.SECONDS);
            // One that stops by itself would go on telling what it saw last.
            informer.stopped().whenComplete((nothing, error) -> {
                if (informers.remove(reference, informer)) {
                    onChange.accept(reference);
                }
            });
            return informer;
        } catch (ExecutionException | TimeoutException e) {
            informer.stop();
            throw new KubernetesClientException(reference + " can't be read", e, code(e), null, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            informer.stop();
            throw new KubernetesClientException(reference + " can't be read", e);
        }
    }

    /** What the API server answered; 0 if it did not. */
    private static int code(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof KubernetesClientException answer) {
                return answer.getCode();
            }
        }
        return 0;
    }
}
