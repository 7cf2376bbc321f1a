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
 * Finds out which namespaces the operator may read. A Role may not be there yet, or may have gone with its namespace. A single
 * refusal would keep the SDK from watching any namespace, so the operator leaves such a namespace out. The SDK can add a
 * namespace later, but then never finishes the work that runs at that moment (5.2.3). So the process starts anew instead.
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

    /** @param wanted empty: all namespaces, and no check of a single one */
    WatchableNamespaces(KubernetesClient client, Set<String> wanted) {
        this(client, wanted, BETWEEN_LOOKS);
    }

    WatchableNamespaces(KubernetesClient client, Set<String> wanted, Duration betweenLooks) {
        this.client = client;
        this.wanted = wanted;
        this.betweenLooks = betweenLooks;
    }

    /**
     * The namespaces to start with.
     *
     * @throws IllegalStateException if the operator may read none of them
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
                        + "and milvusconnections there; the operator asks again, and watches it once allowed",
                        namespace));
        return wanted.stream().filter(namespace -> !refused.contains(namespace))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** How many namespaces the operator does not watch. */
    int refused() {
        return refused.size();
    }

    /** @param found runs once, as soon as the operator may read one of the others */
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
        LOG.info("this account may read one of {} now: the operator starts anew", refused);
        found.run();
    }

    /** Only a refusal counts. The start of the controllers reports any other failure. */
    private boolean isRefused(String namespace) {
        return KINDS.stream().anyMatch(kind -> failure(namespace, kind)
                .filter(e -> e.getCode() == HttpURLConnection.HTTP_FORBIDDEN).isPresent());
    }

    /** The process does not start anew for an API server that does not answer. */
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

    /** Does not interrupt its own thread: {@code found} may close this, and must finish what it does then. */
    @Override
    public void close() {
        if (looking != null && looking != Thread.currentThread()) {
            looking.interrupt();
        }
    }
}
