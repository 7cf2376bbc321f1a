package dev.collectionalias.kubernetes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The objects of one kind as this process wrote them last. The SDK's cache learns of a write when the API server sends it
 * back, and meanwhile a pass would decide from what it knows to be old.
 */
public final class OwnWrites<R extends HasMetadata> {

    private final Map<String, R> byUid = new ConcurrentHashMap<>();

    public void remember(R written) {
        byUid.put(written.getMetadata().getUid(), written);
    }

    /** The newer of the cached object and the one written last. */
    public R newest(R cached) {
        String uid = cached.getMetadata().getUid();
        R written = byUid.get(uid);
        if (written == null) {
            return cached;
        }
        if (version(written) > version(cached)) {
            return written;
        }
        byUid.remove(uid, written);
        return cached;
    }

    /** The cache has this one now, so that an older one of its own need not be kept. */
    public void arrived(R cached) {
        newest(cached);
    }

    public void forget(R gone) {
        byUid.remove(gone.getMetadata().getUid());
    }

    /** Resource versions of one kind can be compared since Kubernetes 1.35 says so, and always could with etcd. */
    private static long version(HasMetadata object) {
        try {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
