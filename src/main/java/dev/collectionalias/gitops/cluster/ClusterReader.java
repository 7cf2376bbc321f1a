package dev.collectionalias.gitops.cluster;

import static java.lang.String.format;
import static java.net.HttpURLConnection.HTTP_FORBIDDEN;
import static java.net.HttpURLConnection.HTTP_NOT_FOUND;

import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;

/** Reads a cluster with its user's rights: all of it, or only the given namespaces if the user may not read more. */
final class ClusterReader {

    private final KubernetesClient client;
    private final Set<String> namespaces;
    private final Consumer<String> notes;
    private final Map<ConnectionName, ServerConnection<?>> connections = new HashMap<>();
    private final Set<ConnectionKind> installed = EnumSet.of(ConnectionKind.MilvusConnection);
    private final Set<ConnectionKind> unreadable = EnumSet.noneOf(ConnectionKind.class);

    /**
     * @param namespaces that the command needs
     * @param notes      hears what the command does not know because of missing rights
     */
    ClusterReader(KubernetesClient client, Set<String> namespaces, Consumer<String> notes) {
        this.client = client;
        this.namespaces = namespaces;
        this.notes = notes;
    }

    Cluster read() {
        Map<ObjectName, CollectionAlias> aliases = new HashMap<>();
        aliases().forEach(alias -> aliases.put(
                new ObjectName(alias.getMetadata().getNamespace(), alias.getMetadata().getName()), alias));
        namespaced(MilvusConnection.class).forEach(connection -> put(ConnectionKind.MilvusConnection, connection));
        clusterConnections();
        return new Cluster(client.getNamespace(), aliases, connections, installed, unreadable);
    }

    private List<CollectionAlias> aliases() {
        try {
            return namespaced(CollectionAlias.class);
        } catch (KubernetesClientException e) {
            throw e.getCode() == HTTP_NOT_FOUND
                    ? new Failure(format("the cluster at %s knows no %s: the operator is not installed there",
                            client.getMasterUrl(), HasMetadata.getFullResourceName(CollectionAlias.class)), e)
                    : e;
        }
    }

    private <T extends HasMetadata> List<T> namespaced(Class<T> kind) {
        return unlessForbidden(() -> client.resources(kind).inAnyNamespace().list().getItems()).orElseGet(() -> {
            notes.accept(format("you may not list the %s of all namespaces, so that those of %s are all that is known",
                    HasMetadata.getPlural(kind), String.join(", ", namespaces)));
            return namespaces.stream()
                    .flatMap(namespace -> client.resources(kind).inNamespace(namespace).list().getItems().stream())
                    .toList();
        });
    }

    private void clusterConnections() {
        try {
            unlessForbidden(() -> client.resources(ClusterMilvusConnection.class).list().getItems()).ifPresentOrElse(
                    found -> found.forEach(connection -> put(ConnectionKind.ClusterMilvusConnection, connection)),
                    () -> {
                        notes.accept("you may not list clustermilvusconnections, so that what they allow is not known");
                        unreadable.add(ConnectionKind.ClusterMilvusConnection);
                    });
            installed.add(ConnectionKind.ClusterMilvusConnection);
        } catch (KubernetesClientException e) {
            if (e.getCode() != HTTP_NOT_FOUND) { // an operator that watches some namespaces needs no such kind
                throw e;
            }
        }
    }

    private void put(ConnectionKind kind, ServerConnection<?> connection) {
        connections.put(ConnectionName.of(kind, connection.getMetadata().getNamespace(),
                connection.getMetadata().getName()), connection);
    }

    private static <T> Optional<T> unlessForbidden(Supplier<T> question) {
        try {
            return Optional.of(question.get());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HTTP_FORBIDDEN) {
                return Optional.empty();
            }
            throw e;
        }
    }
}
