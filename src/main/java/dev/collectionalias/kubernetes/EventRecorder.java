package dev.collectionalias.kubernetes;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;

import dev.collectionalias.plan.Announcement;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes Events. If the API server does not take one, the operator logs that and goes on. */
public final class EventRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(EventRecorder.class);
    private static final String COMPONENT = "collection-alias-operator";

    /** Where Kubernetes keeps Events about objects that have no namespace. */
    private static final String OF_THE_CLUSTER = "default";

    private final Clock clock;

    public EventRecorder(Clock clock) {
        this.clock = clock;
    }

    public void record(KubernetesClient client, HasMetadata about, List<Announcement> announcements) {
        String namespace = Objects.requireNonNullElse(about.getMetadata().getNamespace(), OF_THE_CLUSTER);
        for (Announcement announcement : announcements) {
            LOG.info("{} {}/{}: {}: {}", about.getKind(), namespace, about.getMetadata().getName(),
                    announcement.reason(), announcement.message());
            try {
                client.v1().events().inNamespace(namespace).resource(event(about, namespace, announcement)).create();
            } catch (KubernetesClientException e) {
                LOG.debug("the Event could not be written", e);
            }
        }
    }

    private Event event(HasMetadata about, String namespace, Announcement announcement) {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        // @formatter:off
        return new EventBuilder()
                .withNewMetadata()
                    .withGenerateName(about.getMetadata().getName() + ".")
                    .withNamespace(namespace)
                .endMetadata()
                .withNewInvolvedObject()
                    .withApiVersion(about.getApiVersion())
                    .withKind(about.getKind())
                    .withNamespace(about.getMetadata().getNamespace())
                    .withName(about.getMetadata().getName())
                    .withUid(about.getMetadata().getUid())
                .endInvolvedObject()
                .withType(announcement.warning() ? "Warning" : "Normal")
                .withReason(announcement.reason().name())
                .withMessage(announcement.message())
                .withNewSource().withComponent(COMPONENT).endSource()
                .withFirstTimestamp(now)
                .withLastTimestamp(now)
                .withCount(1)
                .build();
        // @formatter:on
    }
}
