package dev.collectionalias.cli;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.Request;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.EventList;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.FilterWatchListDeletable;
import io.fabric8.kubernetes.client.dsl.Resource;

/**
 * Finds out why the operator ignored a request about one object. The operator says so in an Event. A user who may not read
 * Events sees only the object's conditions.
 */
final class Refusals {

    /** The operator writes an Event right after the status to which it belongs. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    /**
     * The first words of the Event about a rollback that the operator accepted and then found impossible. It names no request.
     */
    private static final String NO_ROLLBACK = "no rollback";

    private final KubernetesClient client;
    private final CollectionAlias alias;
    private final Set<String> old;

    private Refusals(KubernetesClient client, CollectionAlias alias, Set<String> old) {
        this.client = client;
        this.alias = alias;
        this.old = old;
    }

    /** Begins to look for refusals, and leaves out all earlier ones. */
    static Refusals since(CollectionAlias alias, KubernetesClient client) {
        try {
            List<Event> before = events(alias, client).list().getItems();
            return new Refusals(client, alias,
                    before.stream().map(Refusals::version).collect(Collectors.toUnmodifiableSet()));
        } catch (KubernetesClientException e) {
            return new Refusals(client, alias, Set.of());
        }
    }

    /** Why the operator ignored this request; empty: the command could not find out. */
    Optional<String> of(Request request) throws InterruptedException {
        CompletableFuture<List<Event>> written = null;
        try {
            written = events(alias, client).informOnCondition(events -> answers(events, request).findAny().isPresent());
            return answers(written.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), request).findAny();
        } catch (TimeoutException | ExecutionException | KubernetesClientException e) {
            return Optional.empty();
        } finally {
            if (written != null) {
                written.cancel(true); // this ends the watch
            }
        }
    }

    private Stream<String> answers(List<Event> events, Request request) {
        return events.stream().filter(event -> Reason.RequestIgnored.name().equals(event.getReason()))
                .filter(event -> !old.contains(version(event)))
                .map(Event::getMessage)
                .filter(message -> message.contains(request.toString())
                        || request.kind() == Request.Kind.ROLLBACK && message.startsWith(NO_ROLLBACK));
    }

    private static FilterWatchListDeletable<Event, EventList, Resource<Event>> events(CollectionAlias alias,
            KubernetesClient client) {
        return client.v1().events().inNamespace(alias.getMetadata().getNamespace()).withField("involvedObject.name",
                alias.getMetadata().getName());
    }

    private static String version(Event event) {
        return event.getMetadata().getUid() + "/" + event.getMetadata().getResourceVersion();
    }
}
