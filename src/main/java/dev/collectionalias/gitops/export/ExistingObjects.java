package dev.collectionalias.gitops.export;

import static java.lang.String.format;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.collectionalias.api.v1alpha1.CollectionAliasSpec;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.gitops.cluster.Cluster;
import dev.collectionalias.gitops.server.AliasName;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.plan.Allowance;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Requests;
import dev.collectionalias.plan.Subject;

/** What a cluster already has for the aliases that the command exports into one namespace, by one connection. */
final class ExistingObjects {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Cluster cluster;
    private final String namespace;
    private final ConnectionName connection;
    private final ServerAddresses addresses;
    private final String server;
    private final List<Subject> subjects;

    /** @param uri the exported server, if the cluster does not have the connection */
    ExistingObjects(Cluster cluster, Export.Choices choices, Endpoint uri, Clock clock) {
        this.cluster = cluster;
        this.namespace = choices.namespace() == null ? cluster.namespace() : choices.namespace();
        this.connection = ConnectionName.of(choices.connection().kind(), namespace, choices.connection().name());
        this.addresses = new ServerAddresses(cluster, new MilvusConnections(clock, name -> RpcObserver.NONE));
        this.server = addresses.of(connection).orElse(uri).toString();
        this.subjects = cluster.subjects();
    }

    /** The names of the namespace's objects. */
    Set<String> names() {
        return subjects.stream().map(Subject::name).filter(name -> name.namespace().equals(namespace))
                .map(ObjectName::name).collect(Collectors.toSet());
    }

    /** A sentence that names the object which holds or claims the alias; empty: there is none. */
    Optional<String> holder(AliasName alias) {
        return find(alias, "CollectionAlias %s holds it",
                subject -> subject.spec().alias().equals(alias.alias()) && subject.owns(server))
                .or(() -> find(alias, "it is the preview alias of CollectionAlias %s",
                        subject -> subject.previewAliases().contains(alias.alias()) && isHere(subject)))
                .or(() -> find(alias, "CollectionAlias %s claims it",
                        subject -> subject.spec().alias().equals(alias.alias()) && isHere(subject)));
    }

    private Optional<String> find(AliasName alias, String sentence, Predicate<Subject> which) {
        return subjects.stream().filter(subject -> subject.spec().database().equals(alias.database())).filter(which)
                .map(Subject::name).min(ObjectName::compareTo).map(name -> format(sentence, name));
    }

    private boolean isHere(Subject subject) {
        return subject.owns(server) || addresses.of(ConnectionName.of(subject)).map(Endpoint::toString)
                .filter(server::equals).isPresent();
    }

    /** A sentence that says why the connection would not allow an object the alias; empty: it would. */
    Optional<String> refusal(AliasName alias) {
        CollectionAliasSpec spec = JSON.convertValue(Map.of("alias", alias.alias(), "database", alias.database()),
                CollectionAliasSpec.class);
        Subject subject = new Subject(new ObjectName(namespace, alias.alias()), 1, Instant.EPOCH, Optional.empty(),
                spec, CollectionAliasStatus.EMPTY, new Requests(Map.of()));
        return cluster.find(connection).flatMap(
                found -> new Allowance(connection, found.getSpec()).missing(subject, alias.alias()));
    }

    /** A sentence about the limits of these answers; empty: they have none. */
    Optional<String> note() {
        return cluster.find(connection).isPresent()
                ? Optional.empty()
                : Optional.of(format("there is no %s in the cluster: objects of this Milvus are known by its address, "
                        + "%s, only", connection, server));
    }
}
