package dev.collectionalias.runtime;

import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
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
    private static final List<Class<? extends HasMetadata>> KINDS = List.of(CollectionAlias.class,
            MilvusConnection.class);
    private static final double JITTER = 0.5;

    private final KubernetesClient client;
    private final Set<String> wanted;
    private final Duration betweenLooks;
    private volatile Set<String> refused = Set.of();
    private volatile Thread looking;

    /** @param wanted empty: all there are, of which none is looked at by itself */
    WatchableNamespaces(KubernetesClient client, Set<String> wanted) {
        this(client, wanted, BETWEEN_LOOKS);
    }

    WatchableNamespaces(KubernetesClient client, Set<String> wanted, Duration betweenLooks) {
        this.client = client;
        this.wanted = wanted;
        this.betweenLooks = betweenLooks;
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
            while (refused.stream().noneMatch(this::isReadable)) {
                double spread = 1 + JITTER * ThreadLocalRandom.current().nextDouble();
                Thread.sleep(Duration.ofMillis(Math.round(betweenLooks.toMillis() * spread)));
            }
        } catch (InterruptedException e) {
            return;
        }
        LOG.info("one of {} may be watched by now: the operator starts anew", refused);
        found.run();
    }

    /** Any other failure is left to the start itself. */
    private boolean isRefused(String namespace) {
        return KINDS.stream().anyMatch(kind -> failure(namespace, kind)
                .filter(e -> e.getCode() == HttpURLConnection.HTTP_FORBIDDEN).isPresent());
    }

    /** An API server that does not answer is no reason to start anew. */
    private boolean isReadable(String namespace) {
        return KINDS.stream().allMatch(kind -> failure(namespace, kind).isEmpty());
    }

    private Optional<KubernetesClientException> failure(String namespace, Class<? extends HasMetadata> kind) {
        try {
            client.resources(kind).inNamespace(namespace).list(new ListOptionsBuilder().withLimit(1L).build());
            return Optional.empty();
        } catch (KubernetesClientException e) {
            return Optional.of(e);
        }
    }

    /** Who was told of a namespace may close this on the thread that told: what it finishes then must not be cut short. */
    @Override
    public void close() {
        if (looking != null && looking != Thread.currentThread()) {
            looking.interrupt();
        }
    }
}
