package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.stream.Collectors;

import com.google.common.util.concurrent.Striped;
import dev.collectionalias.act.WritePermit.LostLeadershipException;
import dev.collectionalias.api.v1alpha1.Api;
import dev.collectionalias.api.v1alpha1.ClusterMilvusConnection;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.api.v1alpha1.ConnectionKind;
import dev.collectionalias.api.v1alpha1.MilvusConnection;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.api.v1alpha1.ServerConnection;
import dev.collectionalias.kubernetes.AliasIndex;
import dev.collectionalias.kubernetes.ConnectionCache;
import dev.collectionalias.kubernetes.EventRecorder;
import dev.collectionalias.kubernetes.OwnWrites;
import dev.collectionalias.kubernetes.RelevantChange;
import dev.collectionalias.kubernetes.StatusWriter;
import dev.collectionalias.metrics.OperatorMetrics;
import dev.collectionalias.milvus.net.Endpoint;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.observe.Subjects;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Problem;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.seen.Seen;
import dev.collectionalias.plan.seen.Sight;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import dev.collectionalias.plan.step.Rests;
import dev.collectionalias.plan.step.Situation;
import dev.collectionalias.plan.step.Step;
import dev.collectionalias.reconciler.AliasPass.End;
import dev.collectionalias.schedule.ServerLanes;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.schedule.WakeUps;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps one Milvus alias as its CollectionAlias says. */
@ControllerConfiguration(name = "collectionalias", finalizerName = Api.ALIAS_FINALIZER, generationAwareEventProcessing = false)
public final class CollectionAliasReconciler implements Reconciler<CollectionAlias>, Cleaner<CollectionAlias> {

    private static final Logger LOG = LoggerFactory.getLogger(CollectionAliasReconciler.class);

    /** Time for the API server to send another writer's change. */
    private static final Duration SOON = Duration.ofMillis(100);
    private static final Duration AFTER_A_FAILED_WRITE = Duration.ofSeconds(2);
    private static final Duration AFTER_AN_ERROR = Duration.ofSeconds(30);
    private static final Duration IF_NOT_WOKEN = Duration.ofSeconds(30);
    private static final int UNDER_WAY_ON_ONE_SERVER = 64;

    /** The right to decide about one alias of one server. */
    private record Turn(Optional<Endpoint> server, Lock lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.unlock();
        }
    }

    /** @param server empty while the operator does not know it */
    private record AliasOnServer(Optional<Endpoint> server, String database, String alias) {}

    private final AliasPass pass;
    private final StatusWriter statusWriter;
    private final EventRecorder events;
    private final OperatorMetrics metrics;
    private final AliasIndex index;
    private final ConnectionCache connections;
    private final ServerAddresses servers;
    private final OwnWrites<CollectionAlias> ownWrites;
    private final WakeUps wakeUps;
    private final OthersConcerned others;
    private final Turnstile turnstile;
    private final ServerLanes lanes;
    private final Clock clock;
    private final boolean wholeCluster;

    /** Objects that claim one alias take turns, so that each knows what the one before it wrote. */
    private final Striped<Lock> turns = Striped.lazyWeakLock(Integer.MAX_VALUE);

    /** @param wholeCluster whether the operator watches all namespaces, and so the kinds that belong to none */
    CollectionAliasReconciler(AliasPass pass, StatusWriter statusWriter, EventRecorder events, OperatorMetrics metrics,
            AliasIndex index,
            ConnectionCache connections, ServerAddresses servers, OwnWrites<CollectionAlias> ownWrites, WakeUps wakeUps,
            Turnstile turnstile, Clock clock, boolean wholeCluster) {
        this.pass = pass;
        this.statusWriter = statusWriter;
        this.events = events;
        this.metrics = metrics;
        this.index = index;
        this.connections = connections;
        this.servers = servers;
        this.ownWrites = ownWrites;
        this.wakeUps = wakeUps;
        this.others = new OthersConcerned(index, wakeUps);
        this.turnstile = turnstile;
        this.lanes = new ServerLanes(UNDER_WAY_ON_ONE_SERVER, wakeUps::alias);
        this.clock = clock;
        this.wholeCluster = wholeCluster;
    }

    @Override
    public List<EventSource<?, CollectionAlias>> prepareEventSources(EventSourceContext<CollectionAlias> context) {
        index.attach(context.getPrimaryCache());
        List<EventSource<?, CollectionAlias>> sources = new ArrayList<>(List.of(wakeUps.ofAliases()));
        InformerEventSource<MilvusConnection, CollectionAlias> namespaced = informer(MilvusConnection.class,
                ConnectionKind.MilvusConnection, context);
        connections.attach(namespaced);
        sources.add(namespaced);
        if (wholeCluster) {
            InformerEventSource<ClusterMilvusConnection, CollectionAlias> clusterWide = informer(
                    ClusterMilvusConnection.class, ConnectionKind.ClusterMilvusConnection, context);
            connections.attachClusterWide(clusterWide);
            sources.add(clusterWide);
        }
        return sources;
    }

    private <C extends ServerConnection<?>> InformerEventSource<C, CollectionAlias> informer(Class<C> type,
            ConnectionKind kind, EventSourceContext<CollectionAlias> context) {
        return new InformerEventSource<>(InformerEventSourceConfiguration.from(type, CollectionAlias.class)
                .withName(kind.name()).withSecondaryToPrimaryMapper(connection -> users(kind, connection))
                .withOnUpdateFilter(new RelevantChange()::accept).build(), context);
    }

    private Set<ResourceID> users(ConnectionKind kind, HasMetadata connection) {
        ConnectionName name = ConnectionName.of(kind, connection.getMetadata().getNamespace(),
                connection.getMetadata().getName());
        return index.using(name).stream().map(Subject::name)
                .map(alias -> new ResourceID(alias.name(), alias.namespace())).collect(Collectors.toSet());
    }

    @Override
    public UpdateControl<CollectionAlias> reconcile(CollectionAlias alias, Context<CollectionAlias> context) {
        Duration delay = switch (pass(alias, context)) {
            case End.After after -> after.delay();
            case End.AtOnce ignored -> SOON;
            case End.Released ignored -> AFTER_AN_ERROR;
        };
        wakeUps.alias(Subjects.of(alias).name(), delay);
        return UpdateControl.noUpdate();
    }

    @Override
    public DeleteControl cleanup(CollectionAlias alias, Context<CollectionAlias> context) {
        return switch (pass(alias, context)) {
            case End.Released ignored -> {
                wakeConnection(ConnectionName.of(Subjects.of(alias)));
                ownWrites.forget(alias);
                metrics.forget(Subjects.of(alias).name());
                yield DeleteControl.defaultDelete();
            }
            case End.After after -> keep(alias, after.delay());
            case End.AtOnce ignored -> keep(alias, SOON);
        };
    }

    /** A connection that is being deleted stays until the last alias that uses it is gone. */
    private void wakeConnection(ConnectionName name) {
        if (connections.isLeaving(name)) {
            wakeUps.connection(name);
        }
    }

    private DeleteControl keep(CollectionAlias alias, Duration delay) {
        wakeUps.alias(Subjects.of(alias).name(), delay);
        return DeleteControl.noFinalizerRemoval();
    }

    /** The SDK never runs a resource again after an Error, so nothing may get past here. */
    private End pass(CollectionAlias alias, Context<CollectionAlias> context) {
        try {
            return inItsLane(alias, context);
        } catch (LostLeadershipException e) {
            LOG.warn("{}/{}: nothing was written: {}", alias.getMetadata().getNamespace(),
                    alias.getMetadata().getName(), e.getMessage());
            return new End.After(AFTER_AN_ERROR);
        } catch (KubernetesClientException e) {
            LOG.warn("{}/{}: the API server refused a request or did not answer: {}",
                    alias.getMetadata().getNamespace(), alias.getMetadata().getName(), e.getMessage());
            return new End.After(AFTER_A_FAILED_WRITE);
        } catch (Throwable e) {
            LOG.error("{}/{}: a pass failed", alias.getMetadata().getNamespace(), alias.getMetadata().getName(), e);
            return reportError(alias, e, context);
        } finally {
            settleOwnWrites(alias, context);
        }
    }

    private End inItsLane(CollectionAlias alias, Context<CollectionAlias> context) {
        Optional<ServerLanes.Entry> room = lanes.enter(server(alias), Subjects.of(alias).name());
        if (room.isEmpty()) {
            return new End.After(IF_NOT_WOKEN);
        }
        try (ServerLanes.Entry entry = room.get(); Turn turn = awaitTurn(alias)) {
            CollectionAlias latest = latest(alias, context);
            return pass.run(Subjects.of(latest), turn.server().isPresent(), new Reporting(latest, context));
        }
    }

    /** The operator may learn which server it is while the pass waits. */
    private Turn awaitTurn(CollectionAlias alias) {
        while (true) {
            Optional<Endpoint> server = server(alias);
            Lock lock = turns.get(new AliasOnServer(server, alias.getSpec().database(), alias.getSpec().alias()));
            turnstile.outside(() -> {
                lock.lock();
                return lock;
            });
            Turn turn = new Turn(server, lock);
            try {
                if (server.equals(server(alias))) {
                    return turn;
                }
            } catch (Throwable e) {
                turn.close();
                throw e;
            }
            turn.close();
        }
    }

    private Optional<Endpoint> server(CollectionAlias alias) {
        return servers.of(ConnectionName.of(Subjects.of(alias))).or(() -> lastServer(alias));
    }

    private static Optional<Endpoint> lastServer(CollectionAlias alias) {
        return Optional.ofNullable(alias.getStatus()).map(CollectionAliasStatus::endpoint)
                .flatMap(endpoint -> Endpoint.find("http://" + endpoint));
    }

    /**
     * The newest version of the object. Another object of the same alias may have led to a write while this one waited
     * for its turn.
     */
    private CollectionAlias latest(CollectionAlias alias, Context<CollectionAlias> context) {
        return ownWrites.newest(context.getPrimaryCache().get(ResourceID.fromResource(alias)).orElse(alias));
    }

    private Optional<CollectionAlias> write(CollectionAlias alias, CollectionAliasStatus status,
            Context<CollectionAlias> context) {
        Optional<CollectionAlias> written = statusWriter.write(alias, status, metadata -> blank(alias, metadata),
                context.getClient());
        written.ifPresent(ownWrites::remember);
        return written;
    }

    /** Nobody need keep a write twice once the SDK's cache has got it. */
    private void settleOwnWrites(CollectionAlias alias, Context<CollectionAlias> context) {
        context.getPrimaryCache().get(ResourceID.fromResource(alias)).ifPresent(ownWrites::arrived);
    }

    private static CollectionAlias blank(CollectionAlias alias, ObjectMeta metadata) {
        CollectionAlias blank = new CollectionAlias();
        blank.setMetadata(metadata);
        blank.setSpec(alias.getSpec());
        return blank;
    }

    private End reportError(CollectionAlias alias, Throwable error, Context<CollectionAlias> context) {
        try {
            CollectionAlias latest = latest(alias, context);
            Subject subject = Subjects.of(latest);
            Problem problem = new Problem(Reason.InternalError,
                    "the operator failed with " + error.getClass().getSimpleName() + "; its log tells more");
            Situation situation = new Situation(subject, new Seen(new Sight.Unneeded()), clock.instant(), 0);
            write(latest, Rests.blocked(situation, problem).situation().status(), context);
        } catch (Throwable e) {
            LOG.debug("the failure could not be reported", e);
        }
        return new End.After(AFTER_AN_ERROR);
    }

    /** Writes a pass's status and Events to the API server, and wakes the other objects that it concerns. */
    private final class Reporting implements AliasPass.Audience {
        private final Context<CollectionAlias> context;
        private CollectionAlias alias;

        Reporting(CollectionAlias alias, Context<CollectionAlias> context) {
            this.alias = alias;
            this.context = context;
        }

        @Override
        public boolean write(CollectionAliasStatus status) {
            Subject before = Subjects.of(alias);
            Optional<CollectionAlias> written = CollectionAliasReconciler.this.write(alias, status, context);
            written.ifPresent(now -> {
                alias = now;
                metrics.written(before, status);
                others.written(before, status);
            });
            return written.isPresent();
        }

        @Override
        public void announce(List<Announcement> announcements) {
            events.record(context.getClient(), alias, announcements);
            metrics.announced(Subjects.of(alias).name(), announcements);
        }

        @Override
        public void called(Situation intent, Effect effect, Outcome outcome) {
            metrics.called(intent.subject(), effect, outcome);
            others.called(intent.subject(), outcome);
        }

        @Override
        public void ended(Situation situation, Step.Outward last) {
            others.ended(situation, last);
        }
    }
}
