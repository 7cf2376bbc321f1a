package dev.collectionalias.reconciler;

import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.act.AliasActor;
import dev.collectionalias.act.WritePermit;
import dev.collectionalias.api.v1alpha1.CollectionAlias;
import dev.collectionalias.kubernetes.AliasIndex;
import dev.collectionalias.kubernetes.ConnectionCache;
import dev.collectionalias.kubernetes.EventRecorder;
import dev.collectionalias.kubernetes.KindDefinitions;
import dev.collectionalias.kubernetes.KnownConnections;
import dev.collectionalias.kubernetes.OwnWrites;
import dev.collectionalias.kubernetes.RelevantChange;
import dev.collectionalias.metrics.Inventory;
import dev.collectionalias.metrics.OperatorMetrics;
import dev.collectionalias.milvus.MilvusConnections;
import dev.collectionalias.observe.AliasObserver;
import dev.collectionalias.observe.ConnectionView;
import dev.collectionalias.observe.CutoverObserver;
import dev.collectionalias.observe.ServerAddresses;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.schedule.AliasTurns;
import dev.collectionalias.schedule.Turnstile;
import dev.collectionalias.schedule.WakeUps;
import dev.collectionalias.webhook.HttpWebhookCaller;
import dev.collectionalias.webhook.WebhookPolicy;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.processing.event.source.filter.OnUpdateFilter;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts the controllers and what they share together. */
public final class Controllers implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Controllers.class);
    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LONGEST_RETRY = Duration.ofSeconds(60);

    /** Fewer than the requests that the API server takes at a time: watches need some too. */
    private static final int PLACES = 48;

    /** The size of a page when the operator starts and reads a list: a page is in memory as text, too. */
    private static final long OBJECTS_AT_ONCE = 500;

    private final Turnstile turnstile = new Turnstile(PLACES);
    private final WakeUps wakeUps = new WakeUps();
    private final MilvusConnections clients;
    private final OwnWrites<CollectionAlias> ownWrites = new OwnWrites<>();
    private final AliasIndex index;
    private final KnownConnections knownConnections = new KnownConnections();
    private final boolean wholeCluster;
    private final KindDefinitions kinds;
    private final CollectionAliasReconciler aliases;
    private final MilvusConnectionReconciler connections;
    private final ClusterMilvusConnectionReconciler clusterConnections;

    /**
     * @param webhooks     the hosts that the operator may ask for an approval
     * @param wholeCluster whether the operator watches all namespaces, and so the kinds that belong to none
     */
    public Controllers(KubernetesClient client, WritePermit permit, WebhookPolicy webhooks, boolean wholeCluster,
            OperatorMetrics metrics, Clock clock) {
        this.wholeCluster = wholeCluster;
        clients = new MilvusConnections(clock, metrics::rpcs);
        index = new AliasIndex(ownWrites);
        ConnectionCache connectionCache = new ConnectionCache(client);
        EventRecorder events = new EventRecorder(clock);
        kinds = new KindDefinitions(client);
        var shared = new ConnectionReconciler.Shared(kinds, clients, events, metrics, index,
                knownConnections, wakeUps, turnstile, clock);
        connections = new MilvusConnectionReconciler(client, shared);
        clusterConnections = new ClusterMilvusConnectionReconciler(client, shared);
        AliasPass pass = new AliasPass(new AliasObserver(kinds, index, connectionCache, clients,
                new CutoverObserver(new HttpWebhookCaller(webhooks)), clock),
                new AliasActor(new ConnectionView(connectionCache, clients), permit, clock), turnstile, clock);
        aliases = new CollectionAliasReconciler(pass, new AliasTurns(turnstile, wakeUps::alias),
                new AliasReports(ownWrites, events, metrics,
                        new OthersConcerned(index, connectionCache, wakeUps)),
                new AliasEventSources(index, connectionCache, wakeUps, wholeCluster),
                new ServerAddresses(connectionCache, clients), wakeUps, clock);
    }

    /** The executor that reconciles have to run on. */
    public ExecutorService executor() {
        return turnstile;
    }

    /** The objects that the operator watches, as this process knows them now. */
    public Inventory inventory() {
        return new Inventory(index.all(), Stream.concat(connections.all(), clusterConnections.all())
                .collect(Collectors.toMap(Function.identity(), this::isUp)));
    }

    private boolean isUp(ConnectionName connection) {
        return clients.state(connection).filter(MilvusConnections.Connected.class::isInstance).isPresent();
    }

    /** @param namespaces the namespaces to watch; ignored if the operator watches all */
    public void register(Operator operator, Set<String> namespaces) {
        RelevantChange relevant = new RelevantChange();
        knownConnections.areReadWhen(operator.getRuntimeInfo()::isStarted);
        register(operator, namespaces, connections, relevant::accept);
        if (wholeCluster) {
            register(operator, namespaces, clusterConnections, relevant::accept);
        }
        register(operator, namespaces, aliases, (now, before) -> {
            ownWrites.arrived(now);
            return relevant.accept(now, before);
        });
    }

    private <R extends HasMetadata> void register(Operator operator, Set<String> namespaces, Reconciler<R> reconciler,
            OnUpdateFilter<R> onUpdate) {
        operator.register(reconciler, overrider -> {
            overrider.withOnUpdateFilter(onUpdate).withRetry(withoutAnEnd()).withInformerListLimit(OBJECTS_AT_ONCE);
            // Alarms say when. The SDK would set a timer for each pass, and keep it for these ten hours even after it
            // was canceled.
            overrider.withReconciliationMaxInterval(null);
            if (wholeCluster) {
                overrider.watchingAllNamespaces();
            } else {
                overrider.settingNamespaces(namespaces);
            }
        });
    }

    /** Runs when the operator starts: a warning after the deletion would be too late. */
    public void warnOfWhatMayNotBeRead() {
        try {
            if (!kinds.isReadable(CollectionAlias.class)) {
                LOG.warn(
                        "this account may not get the CustomResourceDefinition of CollectionAlias: if somebody deletes that, the "
                                + "operator can't tell, and drops every alias whose deletionPolicy is Delete; see docs/operations.md");
            }
        } catch (KubernetesClientException e) {
            LOG.warn("the CustomResourceDefinition of CollectionAlias could not be read: {}", e.getMessage());
        }
    }

    /** The SDK gives up after five tries by default. */
    private static GenericRetry withoutAnEnd() {
        return new GenericRetry().setInitialInterval(FIRST_RETRY.toMillis()).setIntervalMultiplier(2)
                .setMaxInterval(LONGEST_RETRY.toMillis()).withoutMaxAttempts();
    }

    @Override
    public void close() {
        connections.close();
        clusterConnections.close();
        wakeUps.close();
        clients.close();
    }
}
