package dev.collectionalias.gitops.forecast;

import static java.lang.String.format;
import static java.util.stream.Collectors.joining;

import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.cli.Failure;
import dev.collectionalias.gitops.cluster.Cluster;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusException;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.observe.ConnectionDirectory;
import dev.collectionalias.observe.CutoverObserver;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.WebhookAnswer;

/** Makes the forecasts by one Milvus behind every connection of the manifests, with the operator's observer. */
final class Forecaster implements AutoCloseable {

    private final ConnectionSettings settings;
    private final Clock clock;
    private final ConnectionDirectory connections;
    private final MilvusConnections clients;
    private final AliasObserver observer;

    /**
     * @param others      claim aliases besides the manifests' objects
     * @param connections empty: every connection exists, and allows everything
     */
    Forecaster(ConnectionSettings settings, Clock clock, KnownAliases others,
            Optional<ConnectionDirectory> connections) {
        this.settings = settings;
        this.clock = clock;
        this.connections = connections.orElse(name -> Optional.of(Cluster.standIn(name, settings.server())));
        clients = new MilvusConnections(clock, connection -> RpcObserver.NONE);
        observer = new AliasObserver(kind -> false, others, this.connections, clients,
                new CutoverObserver(question -> new WebhookAnswer.Unanswered("it is asked by the operator only")),
                clock);
    }

    /** @throws Failure if the server does not let the command in, or if the manifests are for several servers */
    void connect(Stream<Subject> subjects) {
        ServerAddresses addresses = new ServerAddresses(connections, clients);
        Map<Endpoint, ConnectionName> servers = new LinkedHashMap<>();
        for (ConnectionName name : subjects.map(ConnectionName::of).distinct().toList()) {
            ConnectionSettings meant = addresses.of(name).map(settings::knownAs).orElse(settings);
            String server = connections.find(name).map(found -> found.getSpec().server()).orElse(settings.server());
            addresses.of(name).ifPresent(address -> servers.putIfAbsent(address, name));
            if (clients.connect(name, meant.toldBy(server)) instanceof Failed failed) {
                throw new Failure(failed.message());
            }
        }
        if (servers.size() > 1) {
            String several = servers.values().stream().map(ConnectionName::toString).collect(joining(", "));
            throw new Failure(format("the manifests are for several servers (%s); pick those of one with --connection",
                    several));
        }
    }

    /** @throws Failure if the server does not tell what the forecast needs */
    Change forecast(Prospect prospect) {
        ConnectionName connection = ConnectionName.of(prospect.subject());
        Connected connected = (Connected) clients.state(connection).orElseThrow();
        try {
            Change change = new Forecast(observer, connected.client().gateway(), clock, prospect).change();
            return connections.find(connection).flatMap(Forecaster::trouble).map(change::heldBackBy).orElse(change);
        } catch (MilvusException e) {
            throw new Failure(prospect.manifest().title() + ": " + e.getMessage(), e);
        }
    }

    /** Why the server does not let the operator itself in. */
    private static Optional<Condition> trouble(ServerConnection<?> connection) {
        return Stream.ofNullable(connection.getStatus()).flatMap(status -> status.conditions().stream())
                .filter(condition -> condition.type().equals(ConditionType.Ready.name()))
                .filter(condition -> condition.status() == ConditionStatus.False).findFirst();
    }

    @Override
    public void close() {
        clients.close();
    }
}
