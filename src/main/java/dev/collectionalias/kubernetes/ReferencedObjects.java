package dev.collectionalias.kubernetes;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
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
 * Watches the Secrets and ConfigMaps that connections refer to, each by its name. One informer for all Secrets would read every
 * secret of the cluster and hold it in memory, for a handful that connections use.
 */
public final class ReferencedObjects implements AutoCloseable {

    private static final long SYNC_SECONDS = 10;

    /** @param isBegun whether somebody listens for the end of the informer already */
    private record Watched(SharedIndexInformer<? extends HasMetadata> informer, AtomicBoolean isBegun) {}

    private final KubernetesClient client;
    private final Map<Reference, Watched> watched = new ConcurrentHashMap<>();
    private final Consumer<Reference> onChange;

    /** @param onChange hears of each object that appears, changes or goes */
    public ReferencedObjects(KubernetesClient client, Consumer<Reference> onChange) {
        this.client = client;
        this.onChange = onChange;
    }

    /**
     * The content of the object now, as text by its key. The first question begins the watch.
     *
     * @return empty if there is no such object
     * @throws KubernetesClientException if the API server refuses it or does not answer
     */
    public Optional<Map<String, String>> find(Reference reference) {
        Watched object = watched.computeIfAbsent(reference,
                unknown -> new Watched(informer(unknown), new AtomicBoolean()));
        awaitStart(reference, object);
        return Optional.ofNullable(object.informer().getStore().getByKey(reference.name().toString()))
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

    /** Empty for a text that no API server would store. */
    private static Optional<String> decode(String encoded) {
        try {
            return Optional.of(new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Ends the watches of all other objects. */
    public void retain(Set<Reference> referenced) {
        watched.forEach((reference, object) -> {
            if (!referenced.contains(reference)) {
                forget(reference, object);
            }
        });
    }

    @Override
    public void close() {
        retain(Set.of());
    }

    private void forget(Reference reference, Watched object) {
        if (watched.remove(reference, object)) {
            object.informer().stop();
        }
    }

    private SharedIndexInformer<? extends HasMetadata> informer(Reference reference) {
        return switch (reference.kind()) {
            case Secret -> informer(reference, client.secrets());
            case ConfigMap -> informer(reference, client.configMaps());
        };
    }

    private <T extends HasMetadata> SharedIndexInformer<T> informer(Reference reference,
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
        return informer;
    }

    /** Outside of the map: a thread that waits for the API server must not hold a part of it. */
    private void awaitStart(Reference reference, Watched object) {
        try {
            start(reference, object).toCompletableFuture().get(SYNC_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | IllegalStateException e) {
            forget(reference, object);
            throw new KubernetesClientException(reference + " can't be read", e, code(e), null, null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            forget(reference, object);
            throw new KubernetesClientException(reference + " can't be read", e);
        }
    }

    /** The first caller starts the informer. The others only hear how that ends. */
    private CompletionStage<Void> start(Reference reference, Watched object) {
        CompletionStage<Void> start = object.informer().start();
        if (object.isBegun().compareAndSet(false, true)) {
            // The store of an informer that stopped by itself keeps the content that it saw last.
            start.thenRun(() -> object.informer().stopped().whenComplete((nothing, error) -> {
                if (watched.remove(reference, object)) {
                    onChange.accept(reference);
                }
            }));
        }
        return start;
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
