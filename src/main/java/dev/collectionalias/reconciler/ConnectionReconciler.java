package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.Loss;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.observe.KindDirectory;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.schedule.WakeUps;
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
    private final ServerConnector connector;
    private final ConnectionUsers users;
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
        this.connector = new ServerConnector(references, new ManagedMilvuses(client), shared.clients(),
                shared.connections());
        this.users = new ConnectionUsers(shared.aliases(), shared.kinds());
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

    /** A connection stays, and works, until the last alias that needs it is gone. */
    @Override
    public DeleteControl cleanup(C connection, Context<C> context) {
        try {
            List<String> keptBy = users.keeping(connection, nameOf(connection), context.getClient());
            if (keptBy.isEmpty()) {
                clients.remove(nameOf(connection));
                retainReferences(connection);
                metrics.forget(nameOf(connection));
                return DeleteControl.defaultDelete();
            }
            pass(connection, keptBy, context);
        } catch (Throwable e) {
            LOG.warn("{}: who uses it could not be found out: {}", nameOf(connection), e.toString());
        }
        wakeUps.connection(nameOf(connection), WHILE_KEPT);
        return DeleteControl.noFinalizerRemoval();
    }

    /** The SDK never runs a resource again after an Error, so nothing may get past here. */
    private Duration pass(C connection, List<String> keptBy, Context<C> context) {
        try {
            if (AssumedPort.of(connection).isOpen() && !connections.areRead()) {
                return UNTIL_ALL_ARE_READ;
            }
            retainReferences(null);
            Optional<State> before = clients.state(nameOf(connection));
            State after = turnstile.outside(() -> connector.connect(connection, nameOf(connection)));
            if (connection.isMarkedForDeletion() && after instanceof Failed failed) {
                // A user who deletes a connection does not wait for its server to come back.
                clients.giveUp(nameOf(connection), failed);
            }
            if (!before.equals(clients.state(nameOf(connection)))) {
                // Before the report: an alias that waits for a client need not wait for that.
                wakeUsers(connection);
            }
            ConnectionReport report = ConnectionReporter.report(connection.getMetadata().getGeneration(),
                    statusOf(connection), after, keptBy, clock.instant(),
                    ThreadLocalRandom.current().nextDouble());
            boolean written = StatusWriter.write(connection, report.status(), metadata -> blank(connection, metadata),
                    context.getClient()).isPresent();
            events.record(context.getClient(), connection, written ? report.announcements() : List.of());
            return report.delay();
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
