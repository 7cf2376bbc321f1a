package dev.collectionalias.bench;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;

/** When a watch told for the first time what a load waits for, by the clock of {@link System#nanoTime}. */
final class Sightings implements Watcher<GenericKubernetesResource> {

    private static final long PATIENCE_SECONDS = 300;

    private final Map<String, CompletableFuture<Long>> moments = new ConcurrentHashMap<>();
    private final CompletableFuture<Long> end = new CompletableFuture<>();

    /** Ready at that generation. */
    long ready(String name, long generation) {
        return await(readyKey(name, generation));
    }

    /** The first status that says that the alias points there. */
    long active(String name, String collection) {
        return await(activeKey(name, collection));
    }

    long gone(String name) {
        return await(goneKey(name));
    }

    /** The first event of an object in that version. */
    long version(String name, String resourceVersion) {
        return await(versionKey(name, resourceVersion));
    }

    @Override
    public void eventReceived(Action action, GenericKubernetesResource object) {
        long now = System.nanoTime();
        String name = object.getMetadata().getName();
        if (action == Action.DELETED) {
            see(goneKey(name), now);
            return;
        }
        see(versionKey(name, object.getMetadata().getResourceVersion()), now);
        Optional<Long> readyAt = readyAt(object);
        readyAt.ifPresent(generation -> see(readyKey(name, generation), now));
        String active = object.get("status", "active", "collection");
        if (active != null) {
            see(activeKey(name, active), now);
        } else if (readyAt.equals(Optional.of(object.getMetadata().getGeneration()))) {
            see(activeKey(name, object.get("spec", "collection")), now);
        }
    }

    @Override
    public void onClose(WatcherException cause) {
        end.completeExceptionally(cause);
    }

    /** The generation at which the object is ready. Some say it in the condition, some beside all conditions. */
    private static Optional<Long> readyAt(GenericKubernetesResource object) {
        List<Map<String, Object>> conditions = object.get("status", "conditions");
        return Optional.ofNullable(conditions).stream().flatMap(List::stream)
                .filter(condition -> "Ready".equals(condition.get("type")) && "True".equals(condition.get("status")))
                .map(condition -> condition.getOrDefault("observedGeneration",
                        object.get("status", "observedGeneration")))
                .map(generation -> ((Number) generation).longValue()).findFirst();
    }

    private void see(String key, long now) {
        moment(key).complete(now);
    }

    private CompletableFuture<Long> moment(String key) {
        return moments.computeIfAbsent(key, absent -> new CompletableFuture<>());
    }

    private long await(String key) {
        try {
            CompletableFuture<Long> moment = moment(key);
            return moment.isDone()
                    ? moment.get()
                    : moment.applyToEither(end, at -> at).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            throw new IllegalStateException("nobody has seen this within %d s: %s".formatted(PATIENCE_SECONDS, key), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the watch ended", e);
        }
    }

    private static String readyKey(String name, long generation) {
        return "%s is ready at generation %d".formatted(name, generation);
    }

    private static String activeKey(String name, String collection) {
        return "%s points at %s".formatted(name, collection);
    }

    private static String goneKey(String name) {
        return name + " is gone";
    }

    private static String versionKey(String name, String resourceVersion) {
        return "%s has the version %s".formatted(name, resourceVersion);
    }
}
