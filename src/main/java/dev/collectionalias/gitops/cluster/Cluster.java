package dev.collectionalias.gitops.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionSpec;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.gitops.manifests.Manifest;
import dev.collectionalias.observe.ConnectionDirectory;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * The objects of the operator's kinds in a cluster, read once.
 *
 * @param namespace  of manifests that name none
 * @param installed  the kinds of connection that the cluster knows
 * @param unreadable the kinds of connection that the command's user may not see
 */
public record Cluster(String namespace, Map<ObjectName, CollectionAlias> aliases,
        Map<ConnectionName, ServerConnection<?>> connections, Set<ConnectionKind> installed,
        Set<ConnectionKind> unreadable) implements ConnectionDirectory {

    public Optional<CollectionAlias> find(ObjectName name) {
        return Optional.ofNullable(aliases.get(name));
    }

    /** The same cluster after somebody has applied those of these manifests that are connections. */
    public Cluster with(List<Manifest> manifests) {
        Map<ConnectionName, ServerConnection<?>> all = new HashMap<>(connections);
        for (ConnectionKind kind : ConnectionKind.values()) {
            manifests.stream().filter(manifest -> manifest.kind().equals(kind.name())).forEach(manifest -> {
                ConnectionName name = ConnectionName.of(kind,
                        manifest.namespace().isEmpty() ? namespace : manifest.namespace(), manifest.name());
                all.put(name, applied(kind, manifest, all.get(name)));
            });
        }
        return new Cluster(namespace, aliases, all, installed, unreadable);
    }

    /** A connection with another spec may lead to another server, so it does not keep the status. */
    private static ServerConnection<?> applied(ConnectionKind kind, Manifest manifest, ServerConnection<?> before) {
        String text = manifest.stored().toString();
        ServerConnection<?> after = switch (kind) {
            case MilvusConnection -> Serialization.unmarshal(text, MilvusConnection.class);
            case ClusterMilvusConnection -> Serialization.unmarshal(text, ClusterMilvusConnection.class);
        };
        if (before != null && before.getSpec().equals(after.getSpec())) {
            after.setStatus(before.getStatus());
        }
        return after;
    }

    public List<Subject> subjects() {
        return aliases.values().stream().map(Subjects::of).toList();
    }

    /**
     * For a connection that the user may not see, assumes the endpoint in its aliases' status, and that it allows everything.
     */
    @Override
    public Optional<ServerConnection<?>> find(ConnectionName name) {
        Optional<ServerConnection<?>> known = Optional.ofNullable(connections.get(name));
        return known.isPresent() || !unreadable.contains(name.kind())
                ? known
                : endpoint(name).map(endpoint -> standIn(name, "http://" + endpoint));
    }

    /** Stands for a connection that the command has not read. */
    public static ServerConnection<?> standIn(ConnectionName name, String uri) {
        MilvusConnection connection = new MilvusConnection();
        connection.getMetadata().setName(name.name());
        connection.getMetadata().setNamespace(name.namespace());
        connection.setSpec(new MilvusConnectionSpec(uri, null, null, null, null, null));
        return connection;
    }

    private Optional<String> endpoint(ConnectionName connection) {
        return subjects().stream().filter(subject -> ConnectionName.of(subject).equals(connection))
                .map(subject -> subject.status().endpoint()).filter(Objects::nonNull).findFirst();
    }

    @Override
    public boolean knows(ConnectionKind kind) {
        return installed.contains(kind);
    }
}
