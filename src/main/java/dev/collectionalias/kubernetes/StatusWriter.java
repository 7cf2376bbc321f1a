package dev.collectionalias.kubernetes;

import java.net.HttpURLConnection;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * Writes a status, and nothing else, on top of the status that the pass decided from. An edit of the spec in between does not matter.
 * If somebody else wrote the status, the pass has to decide again.
 */
public final class StatusWriter {

    /** If a user edits more often than this during one write, the next pass writes. */
    private static final int MOST_TRIES = 10;

    private StatusWriter() {}

    /**
     * @param seen  the object that the pass decided from; it stays as it is
     * @param blank makes an empty object of the kind
     * @return the object as it is now; empty if somebody else wrote the status, or the object is gone
     */
    public static <S, R extends CustomResource<?, S>> Optional<R> write(R seen, S status, Function<ObjectMeta, R> blank,
            KubernetesClient client) {
        if (Objects.equals(seen.getStatus(), status)) {
            return Optional.of(seen);
        }
        R latest = seen;
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            R update = blank.apply(identity(latest));
            update.setStatus(status);
            try {
                R written = client.resource(update).updateStatus();
                return Optional.of(written);
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) {
                    throw e;
                }
                Resource<R> resource = client.resource(latest);
                R now = resource.get();
                if (now == null || !sameObjectAndStatus(now, seen)) {
                    return Optional.empty();
                }
                latest = now;
            }
        }
        return Optional.empty();
    }

    private static <S, R extends CustomResource<?, S>> boolean sameObjectAndStatus(R now, R seen) {
        return now.getMetadata().getUid().equals(seen.getMetadata().getUid())
                && Objects.equals(now.getStatus(), seen.getStatus());
    }

    /** The part of the metadata that the API server reads along with a status. */
    private static ObjectMeta identity(CustomResource<?, ?> resource) {
        ObjectMeta metadata = resource.getMetadata();
        return new ObjectMetaBuilder().withNamespace(metadata.getNamespace()).withName(metadata.getName())
                .withUid(metadata.getUid()).withResourceVersion(metadata.getResourceVersion()).build();
    }
}
