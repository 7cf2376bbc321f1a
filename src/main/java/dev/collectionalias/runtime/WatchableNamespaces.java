package dev.collectionalias.runtime;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ListOptionsBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells which of some namespaces may be read. A single one that may not, because its Role is not there yet or went with the namespace,
 * would keep the SDK from watching any. The SDK can be told of more namespaces later, but then forgets to finish what it runs in that
 * moment (5.2.3), so that the process starts anew instead.
 */
final class WatchableNamespaces implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WatchableNamespaces.class);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);
    private static final double JITTER = 0.5;

    private final KubernetesClient client;
    private final Set<String> wanted;
    private volatile Set<String> refused = Set.of();
    private volatile Thread looking;

    /** @param wanted empty: all there are, of which none is looked at by itself */
    WatchableNamespaces(KubernetesClient client, Set<String> wanted) {
        this.client = client;
        this.wanted = wanted;
    }

    /**
     * Those to start with.
     *
     * @throws IllegalStateException if there is none
     */
    Set<String> find() {
        refused = wanted.stream().filter(this::isRefused).collect(Collectors.toUnmodifiableSet());
        if (!wanted.isEmpty() && refused.containsAll(wanted)) {
            throw new IllegalStateException(
                    "this account may not list collectionaliases and milvusconnections in any of "
                            + wanted + ": is its Role there?");
        }
        refused.forEach(
                namespace -> LOG.warn("namespace {} is not watched: this account may not list collectionaliases "
                        + "and milvusconnections there; it is asked for again, and watched once it may", namespace));
        return wanted.stream().filter(namespace -> !refused.contains(namespace))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many are not watched. */
    int refused() {
        return refused.size();
    }

    /** @param found is told, once, when one of the others may be read */
    void awaitOthers(Runnable found) {
        if (!refused.isEmpty()) {
            looking = Thread.ofVirtual().name("refused-namespaces").start(() -> look(found));
        }
    }

    private void look(Runnable found) {
        try {
            while (refused.stream().allMatch(this::isRefused)) {
                double spread = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
                Thread.sleep(Duration.ofMillis(Math.round(BETWEEN_LOOKS.toMillis() * spread)));
            }
        } catch (InterruptedException e) {
            return;
        }
        LOG.info("one of {} may be watched by now: the operator starts anew", refused);
        found.run();
    }

    private boolean isRefused(String namespace) {
        return isRefused(namespace, CollectionAlias.class) || isRefused(namespace, MilvusConnection.class);
    }

    /** Any other failure is left to the start itself. */
    private boolean isRefused(String namespace, Class<? extends HasMetadata> kind) {
        try {
            client.resources(kind).inNamespace(namespace).list(new ListOptionsBuilder().withLimit(1L).build());
            return false;
        } catch (KubernetesClientException e) {
            return e.getCode() == HttpURLConnection.HTTP_FORBIDDEN;
        }
    }

    @Override
    public void close() {
        if (looking != null) {
            looking.interrupt();
        }
    }
}
