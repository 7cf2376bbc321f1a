package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;

import dev.collectionalias.act.WritePermit.LostLeadershipException;
import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.MilvusConnectionStatus;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.milvus.MilvusConnections.ConnectionId;
import dev.collectionalias.milvus.MilvusConnections.Failed;
import dev.collectionalias.milvus.MilvusConnections.State;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.status.ConnectionReport;
import dev.collectionalias.status.ConnectionReporter;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.IndexedResourceCache;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Connects to the server that a MilvusConnection names, asks it for a sign of life from time to time, and wakes the
 * aliases that use it when something changed. Nothing else ever waits for a server to accept a connection.
 */
@ControllerConfiguration(name = "milvusconnection", finalizerName = Api.CONNECTION_FINALIZER, generationAwareEventProcessing = false)
public final class MilvusConnectionReconciler implements Reconciler<MilvusConnection>, Cleaner<MilvusConnection> {

    private static final Logger LOG = LoggerFactory.getLogger(MilvusConnectionReconciler.class);
    private static final String BY_SECRET = "secret";
    private static final Duration BETWEEN_SIGNS_OF_LIFE = Duration.ofSeconds(10);

    /** An alias that goes tells so before it is gone. */
    private static final Duration WHILE_KEPT = Duration.ofSeconds(2);

    private static final Duration AFTER_A_FAILED_WRITE = Duration.ofSeconds(2);

    private final MilvusConnections clients;
    private final ReferencedSecrets secrets;
    private final StatusWriter statusWriter;
    private final EventRecorder events;
    private final AliasIndex aliases;
    private final WakeUps wakeUps;
    private final Turnstile turnstile;
    private final Clock clock;
    private volatile IndexedResourceCache<MilvusConnection> cache;

    MilvusConnectionReconciler(MilvusConnections clients, ReferencedSecrets secrets, StatusWriter statusWriter,
            EventRecorder events, AliasIndex aliases, WakeUps wakeUps, Turnstile turnstile, Clock clock) {
        this.clients = clients;
        this.secrets = secrets;
        this.statusWriter = statusWriter;
        this.events = events;
        this.aliases = aliases;
        this.wakeUps = wakeUps;
        this.turnstile = turnstile;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, MilvusConnection>> prepareEventSources(EventSourceContext<MilvusConnection> context) {
        context.getPrimaryCache().addIndexer(BY_SECRET,
                connection -> secretOf(connection).map(ObjectName::toString).stream().toList());
        cache = context.getPrimaryCache();
        return List.of(wakeUps.ofConnections());
    }

    /** Wakes the connections that refer to a Secret. */
    void secretChanged(ObjectName secret) {
        cache.byIndex(BY_SECRET, secret.toString()).forEach(connection -> wakeUps.connection(nameOf(connection)));
    }

    @Override
    public UpdateControl<MilvusConnection> reconcile(MilvusConnection connection, Context<MilvusConnection> context) {
        Duration delay = pass(connection, List.of(), context);
        return UpdateControl.<MilvusConnection>noUpdate().rescheduleAfter(delay);
    }

    /** A connection stays, and works, until the last alias that needs it is gone. */
    @Override
    public DeleteControl cleanup(MilvusConnection connection, Context<MilvusConnection> context) {
        try {
            List<ObjectName> users = users(connection, context);
            if (users.isEmpty()) {
                clients.remove(idOf(connection));
                retainReferencedSecrets(connection);
                return DeleteControl.defaultDelete();
            }
            pass(connection, users, context);
        } catch (Throwable e) {
            LOG.warn("{}: who uses it could not be found out: {}", nameOf(connection), e.toString());
        }
        return DeleteControl.noFinalizerRemoval().rescheduleAfter(WHILE_KEPT);
    }

    /** The index is empty until the other controller has read its objects, so that "nobody" has to be asked for. */
    private List<ObjectName> users(MilvusConnection connection, Context<MilvusConnection> context) {
        List<ObjectName> indexed = aliases.using(nameOf(connection));
        if (!indexed.isEmpty()) {
            return indexed;
        }
        return context.getClient().resources(CollectionAlias.class).inNamespace(connection.getMetadata().getNamespace())
                .list().getItems().stream().map(Subjects::of)
                .filter(alias -> ConnectionView.nameOf(alias).equals(nameOf(connection))).map(Subject::name).toList();
    }

    /** The SDK never runs a resource again after an Error, so that nothing may get past here. */
    private Duration pass(MilvusConnection connection, List<ObjectName> keptBy, Context<MilvusConnection> context) {
        try {
            retainReferencedSecrets(null);
            Optional<State> before = clients.state(idOf(connection));
            State after = turnstile.outside(() -> connect(connection));
            if (connection.isMarkedForDeletion() && after instanceof Failed failed) {
                // Whoever deletes a connection does not wait for its server to come back.
                clients.giveUp(idOf(connection), failed);
            }
            if (!before.equals(clients.state(idOf(connection)))) {
                // Before the report, since nobody who waits for a client has to wait for that.
                aliases.using(nameOf(connection)).forEach(wakeUps::alias);
            }
            ConnectionReport report = ConnectionReporter.report(connection.getMetadata().getGeneration(),
                    statusOf(connection), after, keptBy, clock.instant(), ThreadLocalRandom.current().nextDouble());
            boolean written = statusWriter.write(connection, report.status(), metadata -> blank(connection, metadata),
                    context.getClient()).isPresent();
            events.record(context.getClient(), connection, written ? report.announcements() : List.of());
            return report.delay();
        } catch (LostLeadershipException e) {
            return BETWEEN_SIGNS_OF_LIFE;
        } catch (KubernetesClientException e) {
            LOG.warn("{}: the API server did not take what was to be written: {}", nameOf(connection), e.getMessage());
            return AFTER_A_FAILED_WRITE;
        } catch (Throwable e) {
            LOG.error("{}: a pass failed", nameOf(connection), e);
            clients.fail(idOf(connection), new Failed(Reason.InternalError,
                    "the operator failed with " + e.getClass().getSimpleName() + "; its log tells more", false));
            aliases.using(nameOf(connection)).forEach(wakeUps::alias);
            return BETWEEN_SIGNS_OF_LIFE;
        }
    }

    private State connect(MilvusConnection connection) {
        ConnectionId id = idOf(connection);
        return switch (SettingsReader.read(connection, secrets::find)) {
            case SettingsReader.Settings.Complete complete -> clients.connect(id, complete.settings());
            case SettingsReader.Settings.Incomplete incomplete -> {
                Failed why = new Failed(incomplete.reason(), incomplete.why(), incomplete.gone());
                // Aliases that are being deleted may still need the client that the Secret left behind.
                if (!incomplete.gone() || !clients.isAlive(id)) {
                    clients.fail(id, why);
                }
                yield why;
            }
        };
    }

    private void retainReferencedSecrets(MilvusConnection leaving) {
        secrets.retain(cache.list(connection -> leaving == null || !nameOf(connection).equals(nameOf(leaving)))
                .flatMap(connection -> secretOf(connection).stream()).collect(Collectors.toSet()));
    }

    private static Optional<ObjectName> secretOf(MilvusConnection connection) {
        return Optional.ofNullable(connection.getSpec().auth())
                .map(auth -> new ObjectName(connection.getMetadata().getNamespace(), auth.secretRef().name()));
    }

    private static ConnectionId idOf(MilvusConnection connection) {
        return new ConnectionId(ConnectionKind.MilvusConnection.name(), connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
    }

    private static ObjectName nameOf(MilvusConnection connection) {
        return new ObjectName(connection.getMetadata().getNamespace(), connection.getMetadata().getName());
    }

    private static MilvusConnectionStatus statusOf(MilvusConnection connection) {
        return connection.getStatus() == null ? MilvusConnectionStatus.EMPTY : connection.getStatus();
    }

    private static MilvusConnection blank(MilvusConnection connection, ObjectMeta metadata) {
        MilvusConnection blank = new MilvusConnection();
        blank.setMetadata(metadata);
        blank.setSpec(connection.getSpec());
        return blank;
    }
}
