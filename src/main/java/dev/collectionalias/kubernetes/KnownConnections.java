package dev.collectionalias.kubernetes;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.ServerConnection;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;

/** The connections of each kind that this process watches. */
public final class KnownConnections {

    private final List<IndexedResourceCache<? extends ServerConnection<?>>> caches = new CopyOnWriteArrayList<>();
    private volatile BooleanSupplier allRead = () -> false;

    /** The caller does this before the controllers start. */
    public void add(IndexedResourceCache<? extends ServerConnection<?>> cache) {
        caches.add(cache);
    }

    /** @param started whether each controller has read its objects */
    public void areReadWhen(BooleanSupplier started) {
        allRead = started;
    }

    /** False at the start, while the connections of another kind may still be missing. */
    public boolean areRead() {
        return allRead.getAsBoolean();
    }

    public Stream<? extends ServerConnection<?>> all() {
        return caches.stream().flatMap(cache -> cache.list());
    }
}
