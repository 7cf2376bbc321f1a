package dev.collectionalias.kubernetes;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.fabric8.kubernetes.api.model.HasMetadata;

/**
 * The objects of one kind as this process wrote them last. The cache of JOSDK 5.2.3 learns of a write when the API server sends it
 * back, and until then a pass would decide from an old status. JOSDK does the same itself from 5.3 on ("read-cache-after-write
 * consistency"); with that release this class can go.
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

    /** The cache has this one now. So nobody needs an older one of this process' own. */
    public void arrived(R cached) {
        newest(cached);
    }

    public void forget(R gone) {
        byUid.remove(gone.getMetadata().getUid());
    }

    /** Kubernetes promises from 1.35 on that clients can compare the versions of one kind. With etcd they always could. */
    private static long version(HasMetadata object) {
        try {
            return Long.parseLong(object.getMetadata().getResourceVersion());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
