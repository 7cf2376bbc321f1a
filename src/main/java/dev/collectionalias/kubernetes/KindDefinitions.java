package dev.collectionalias.kubernetes;

import java.net.HttpURLConnection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.collectionalias.observe.KindDirectory;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/**
 * Reads the CustomResourceDefinitions of the operator's own kinds, anew for each question. The API server marks a definition before
 * it deletes the first object of it. A watch of definitions could lag behind the watch of the objects.
 */
public final class KindDefinitions implements KindDirectory {

    /** A definition without its schemas, which are most of it. */
    @Group("apiextensions.k8s.io")
    @Version("v1")
    @Kind("CustomResourceDefinition")
    @Plural("customresourcedefinitions")
    @JsonIgnoreProperties({"spec", "status"})
    static final class Definition extends CustomResource<Void, Void> {
        private static final long serialVersionUID = 1L;
    }

    private enum Sort {
        STAYS, LEAVES, UNREADABLE
    }

    private final KubernetesClient client;
    private final Map<Class<? extends HasMetadata>, SharedRead> reads = new ConcurrentHashMap<>();

    public KindDefinitions(KubernetesClient client) {
        this.client = client;
    }

    /** @throws KubernetesClientException if nobody can tell now, above all if the operator has lost the right to ask */
    @Override
    public boolean isLeaving(Class<? extends HasMetadata> kind) {
        return look(kind) == Sort.LEAVES;
    }

    /** Whether the operator may ask. */
    public boolean isReadable(Class<? extends HasMetadata> kind) {
        return look(kind) != Sort.UNREADABLE;
    }

    private Sort look(Class<? extends HasMetadata> kind) {
        return reads.computeIfAbsent(kind, missing -> new SharedRead(HasMetadata.getFullResourceName(missing))).get();
    }

    /**
     * A user who prunes the operator with its kinds may take its rights first. So a lost right to ask says nothing. A right that the
     * operator never had keeps no alias.
     */
    private Sort read(String name, boolean wasReadable) {
        try {
            Definition definition = client.resources(Definition.class).withName(name).get();
            return definition == null || definition.isMarkedForDeletion() ? Sort.LEAVES : Sort.STAYS;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN && !wasReadable) {
                return Sort.UNREADABLE;
            }
            throw e;
        }
    }

    /** One read answers all questions that came before it began. */
    private final class SharedRead {
        private final String name;
        private final ReentrantLock lock = new ReentrantLock();
        private long begun;
        private Sort found;
        private boolean wasReadable;

        SharedRead(String name) {
            this.name = name;
        }

        Sort get() {
            long asked = System.nanoTime();
            lock.lock();
            try {
                if (found == null || begun - asked < 0) {
                    found = null;
                    begun = System.nanoTime();
                    found = read(name, wasReadable);
                    wasReadable |= found != Sort.UNREADABLE;
                }
                return found;
            } finally {
                lock.unlock();
            }
        }
    }
}
