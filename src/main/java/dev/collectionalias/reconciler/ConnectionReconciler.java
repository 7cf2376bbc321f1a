package dev.collectionalias.reconciler;

import java.net.HttpURLConnection;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.act.WritePermit.LostLeadershipException;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.api.v1alpha1.ServerConnectionSpec;
import dev.collectionalias.kubernetes.AliasIndex;
import dev.collectionalias.kubernetes.EventRecorder;
import dev.collectionalias.kubernetes.KnownConnections;
import dev.collectionalias.kubernetes.ManagedMilvuses;
import dev.collectionalias.kubernetes.Reference;
import dev.collectionalias.kubernetes.ReferencedObjects;
import dev.collectionalias.kubernetes.SettingsReader;
import dev.collectionalias.kubernetes.StatusWriter;
import dev.collectionalias.metrics.OperatorMetrics;
import dev.collectionalias.milvus.AssumedPort;
import dev.collectionalias.milvus.ConnectionSettings;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Connected;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.observe.KindDirectory;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.Allowance;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Leaving;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.schedule.WakeUps;
import dev.collectionalias.status.ConnectionReport;
import dev.collectionalias.status.ConnectionReporter;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the server of a connection, and asks it for a sign of life from time to time. Wakes the aliases that use
 * the connection when something has changed. Nothing else ever waits for a server to accept a connection.
 */
abstract class ConnectionReconciler<C extends ServerConnection<S>, S extends ServerConnectionSpec>
        implements
            Reconciler<C>,
            Cleaner<C>,
            AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ConnectionReconciler.class);
    private static final String BY_REFERENCE = "reference";
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(10);

    /** Short, as an alias wakes the connection before it is gone, not after. */
    private static final Duration WHILE_KEPT = Duration.ofSeconds(2);

    private static final Duration AFTER_A_FAILED_WRITE = Duration.ofSeconds(2);
    private static final Duration UNTIL_ALL_ARE_READ = Duration.ofMillis(100);

    /** The parts that the controllers share. */
    record Shared(KindDirectory kinds, MilvusConnections clients, EventRecorder events,
            OperatorMetrics metrics, AliasIndex aliases, KnownConnections connections, WakeUps wakeUps,
            Turnstile turnstile, Clock clock) {}

    private final ConnectionKind kind;
    private final Supplier<C> empty;
    private final EventSource<Void, C> wakeUp;
    private final ReferencedObjects references;
    private final ManagedMilvuses milvuses;
    private final KindDirectory kinds;
    private final MilvusConnections clients;
    private final EventRecorder events;
    private final OperatorMetrics metrics;
    private final AliasIndex aliases;
    private final KnownConnections connections;
    private final WakeUps wakeUps;
    private final Turnstile turnstile;
    private final Clock clock;
    private volatile IndexedResourceCache<C> cache;

    /**
     * @param empty  makes an empty object of the kind
     * @param wakeUp wakes connections of the kind
     */
    ConnectionReconciler(ConnectionKind kind, Supplier<C> empty, EventSource<Void, C> wakeUp, KubernetesClient client,
            Shared shared) {
        this.kind = kind;
        this.empty = empty;
        this.wakeUp = wakeUp;
        this.references = new ReferencedObjects(client, this::referenceChanged);
        this.milvuses = new ManagedMilvuses(client);
        this.kinds = shared.kinds();
        this.clients = shared.clients();
        this.events = shared.events();
        this.metrics = shared.metrics();
        this.aliases = shared.aliases();
        this.connections = shared.connections();
        this.wakeUps = shared.wakeUps();
        this.turnstile = shared.turnstile();
        this.clock = shared.clock();
    }

    @Override
    public List<EventSource<?, C>> prepareEventSources(EventSourceContext<C> context) {
        context.getPrimaryCache().addIndexer(BY_REFERENCE,
                connection -> SettingsReader.references(connection).stream().map(Reference::toString).toList());
        cache = context.getPrimaryCache();
        connections.add(cache);
        return List.of(wakeUp);
    }

    /** Wakes the connections that read something from an object. */
    private void referenceChanged(Reference reference) {
        cache.byIndex(BY_REFERENCE, reference.toString()).forEach(connection -> wakeUps.connection(nameOf(connection)));
    }

    @Override
    public UpdateControl<C> reconcile(C connection, Context<C> context) {
        wakeUps.connection(nameOf(connection), pass(connection, List.of(), context));
        return UpdateControl.noUpdate();
    }

    /**
     * A connection stays, and works, until the last alias that needs it is gone. If its kind is being deleted, it waits
     * only for drops that have begun. A definition that waited for aliases could come back only after somebody deletes
     * those.
     */
    @Override
    public DeleteControl cleanup(C connection, Context<C> context) {
        try {
            List<Subject> users = users(connection, context);
            if (!users.isEmpty() && kinds.isLeaving(connection.getClass())) {
                users = users.stream().filter(Leaving::isDropBegun).toList();
            }
            if (users.isEmpty()) {
                clients.remove(nameOf(connection));
                retainReferences(connection);
                metrics.forget(nameOf(connection));
                return DeleteControl.defaultDelete();
            }
            pass(connection, users.stream().map(Subject::name).sorted().toList(), context);
        } catch (Throwable e) {
            LOG.warn("{}: who uses it could not be found out: {}", nameOf(connection), e.toString());
        }
        wakeUps.connection(nameOf(connection), WHILE_KEPT);
        return DeleteControl.noFinalizerRemoval();
    }

    /**
     * The aliases that the connection allows. Others do not use it, and must not be able to keep it. The index is empty
     * until the other controller has read its objects. So if the index has none, the operator asks the API server.
     */
    private List<Subject> users(C connection, Context<C> context) {
        ConnectionName name = nameOf(connection);
        Allowance allowance = new Allowance(name, connection.getSpec());
        return Stream.<Supplier<List<Subject>>>of(() -> aliases.using(name), () -> asked(name, context))
                .map(look -> look.get().stream().filter(alias -> allowance.covers(alias, alias.spec().alias()))
                        .toList())
                .filter(users -> !users.isEmpty()).findFirst().orElse(List.of());
    }

    private List<Subject> asked(ConnectionName name, Context<C> context) {
        var all = context.getClient().resources(CollectionAlias.class);
        var within = name.namespace().isEmpty() ? all.inAnyNamespace() : all.inNamespace(name.namespace());
        try {
            return within.list().getItems().stream().map(Subjects::of)
                    .filter(alias -> ConnectionName.of(alias).equals(name)).toList();
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_NOT_FOUND) {
                return List.of(); // somebody deleted the kind of the aliases
            }
            throw e;
        }
    }

    /** The SDK never runs a resource again after an Error, so nothing may get past here. */
    private Duration pass(C connection, List<ObjectName> keptBy, Context<C> context) {
        try {
            if (AssumedPort.of(connection).isOpen() && !connections.areRead()) {
                return UNTIL_ALL_ARE_READ;
            }
            retainReferences(null);
            Optional<State> before = clients.state(nameOf(connection));
            State after = turnstile.outside(() -> connect(connection));
            if (connection.isMarkedForDeletion() && after instanceof Failed failed) {
                // A user who deletes a connection does not wait for its server to come back.
                clients.giveUp(nameOf(connection), failed);
            }
            if (!before.equals(clients.state(nameOf(connection)))) {
                // Before the report: an alias that waits for a client need not wait for that.
                wakeUsers(connection);
            }
            ConnectionReport report = ConnectionReporter.report(connection.getMetadata().getGeneration(),
                    statusOf(connection), after, label(keptBy, connection), clock.instant(),
                    ThreadLocalRandom.current().nextDouble());
            boolean written = StatusWriter.write(connection, report.status(), metadata -> blank(connection, metadata),
                    context.getClient()).isPresent();
            events.record(context.getClient(), connection, written ? report.announcements() : List.of());
            return report.delay();
        } catch (LostLeadershipException e) {
            LOG.warn("{}: nothing was written: {}", nameOf(connection), e.getMessage());
            return BETWEEN_SIGNS_OF_LIFE;
        } catch (KubernetesClientException e) {
            LOG.warn("{}: a request to the API server failed: {}", nameOf(connection), e.getMessage());
            return AFTER_A_FAILED_WRITE;
        } catch (Throwable e) {
            LOG.error("{}: a pass failed", nameOf(connection), e);
            clients.fail(nameOf(connection), new Failed(Reason.InternalError,
                    "the operator failed with " + e.getClass().getSimpleName() + "; its log tells more", Loss.NONE));
            wakeUsers(connection);
            return BETWEEN_SIGNS_OF_LIFE;
        }
    }

    private void wakeUsers(C connection) {
        aliases.using(nameOf(connection)).forEach(alias -> wakeUps.alias(alias.name()));
    }

    /** Leaves the connection's own namespace out: a reader of its status knows that. */
    private static List<String> label(List<ObjectName> aliases, ServerConnection<?> connection) {
        return aliases.stream().map(alias -> alias.namespace().equals(connection.getMetadata().getNamespace())
                ? alias.name()
                : alias.toString()).toList();
    }

    private State connect(C connection) {
        ConnectionName id = nameOf(connection);
        return switch (SettingsReader.read(connection, references::find, milvuses::find)) {
            case SettingsReader.Settings.Complete complete ->
                clients.connect(id, atItsPort(connection, complete.settings()), complete::explain);
            case SettingsReader.Settings.Incomplete incomplete -> {
                Failed why = new Failed(incomplete.reason(), incomplete.why(), loss(connection, incomplete));
                // A Secret or Service that is gone leaves a client behind. Aliases may still need it, above all to be
                // deleted.
                if (!isLeftBehind(why) || !isServed(connection)) {
                    clients.fail(id, why);
                }
                yield why;
            }
        };
    }

    /** Two connections with one address must lead to one server, so they take one port. */
    private ConnectionSettings atItsPort(C connection, ConnectionSettings settings) {
        AssumedPort port = AssumedPort.of(connection);
        boolean kept = port.isKept() || port.isOpen() && connections.all().map(AssumedPort::of)
                .anyMatch(other -> other.isKept() && other.hasTheAddressOf(port.uri()));
        return kept ? settings.at(Endpoint.DEFAULT_PORT) : settings;
    }

    /**
     * Whether somebody can bring the lost thing back. A namespace that is being deleted loses connection, Secret and the
     * right to read it in any order. Nobody can bring any of them back.
     */
    private static Loss loss(ServerConnection<?> connection, SettingsReader.Settings.Incomplete incomplete) {
        return switch (incomplete.lack()) {
            case NONE -> Loss.NONE;
            case FORBIDDEN -> connection.isMarkedForDeletion() ? Loss.FOR_GOOD : Loss.NONE;
            case GONE -> connection.isMarkedForDeletion() ? Loss.FOR_GOOD : Loss.PERHAPS;
        };
    }

    /** Whether the loss may leave a working client behind. milvus-operator makes a missing Service again in a moment. */
    private static boolean isLeftBehind(Failed why) {
        return why.loss() != Loss.NONE || why.reason() == Reason.MilvusNotReady;
    }

    /**
     * Whether there is a client for the server that the connection means, and the server answers it. If the spec asks for
     * TLS, the client has to use it.
     */
    private boolean isServed(C connection) {
        return clients.state(nameOf(connection)).orElse(null) instanceof Connected connected
                && ServerAddresses.isMeant(connected.client(), connection)
                && (connection.getSpec().tlsSettings().isEmpty() || connected.client().settings().tls().isPresent())
                && clients.isAlive(nameOf(connection));
    }

    private void retainReferences(C leaving) {
        references.retain(cache.list(connection -> leaving == null || !nameOf(connection).equals(nameOf(leaving)))
                .flatMap(connection -> SettingsReader.references(connection).stream()).collect(Collectors.toSet()));
    }

    /** The names of all connections of this kind; none if the operator does not watch the kind. */
    Stream<ConnectionName> all() {
        return cache == null ? Stream.empty() : cache.list().map(this::nameOf);
    }

    private ConnectionName nameOf(C connection) {
        return ConnectionName.of(kind, connection.getMetadata().getNamespace(), connection.getMetadata().getName());
    }

    private static MilvusConnectionStatus statusOf(ServerConnection<?> connection) {
        return connection.getStatus() == null ? MilvusConnectionStatus.EMPTY : connection.getStatus();
    }

    private C blank(C connection, ObjectMeta metadata) {
        C blank = empty.get();
        blank.setMetadata(metadata);
        blank.setSpec(connection.getSpec());
        return blank;
    }

    @Override
    public void close() {
        references.close();
    }
}
