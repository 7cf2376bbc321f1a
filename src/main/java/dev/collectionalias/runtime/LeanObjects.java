package dev.collectionalias.runtime;

import java.util.Map;
import java.util.TreeMap;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import com.fasterxml.jackson.databind.util.StdConverter;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;

/**
 * Reads objects without parts that the operator does not need. {@code managedFields} are most of an object and of the time to
 * read it: a third of the heap, by {@code bench/README.md}. kubectl's last-applied annotation is a second copy of the object. Both stay in the API server, because the operator
 * writes only statuses and patches.
 */
public final class LeanObjects {

    private static final String LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration";

    private LeanObjects() {}

    /** The serialization of the operator's client. */
    public static KubernetesSerialization serialization() {
        // By default, each thread has a pool of its own, and each reconcile has a thread of its own.
        ObjectMapper mapper = new ObjectMapper(
                JsonFactory.builder().recyclerPool(JsonRecyclerPools.sharedConcurrentDequePool()).build());
        mapper.addMixIn(ObjectMeta.class, LeanMetadata.class);
        return new KubernetesSerialization(mapper, true);
    }

    @JsonIgnoreProperties("managedFields")
    private abstract static class LeanMetadata {
        @SuppressWarnings("UnusedMethod") // Jackson reads its annotation
        @JsonDeserialize(converter = WithoutLastApplied.class)
        abstract void setAnnotations(Map<String, String> annotations);
    }

    private static final class WithoutLastApplied extends StdConverter<Map<String, String>, Map<String, String>> {
        @Override
        public Map<String, String> convert(Map<String, String> annotations) {
            Map<String, String> kept = new TreeMap<>(annotations);
            kept.remove(LAST_APPLIED);
            return kept;
        }
    }
}
