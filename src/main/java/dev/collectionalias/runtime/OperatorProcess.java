package dev.collectionalias.runtime;

import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.IntConsumer;

import dev.collectionalias.act.WritePermit;
import dev.collectionalias.kubernetes.MetadataCloner;
import dev.collectionalias.metrics.OperatorMetrics;
import dev.collectionalias.page.PageServer;
import dev.collectionalias.reconciler.Controllers;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.javaoperatorsdk.operator.monitoring.micrometer.MicrometerMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The running operator, from waiting for the lease to releasing it. */
public final class OperatorProcess implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(OperatorProcess.class);

    private enum Phase {
        STARTING, STANDBY, LEADING, STOPPED
    }

    private final OperatorConfig config;
    private final KubernetesClient client;
    private final IntConsumer exit;
    private final HttpEndpoints http;
    private final Optional<PageServer> page;
    private final Leadership leadership;
    private final WatchableNamespaces namespaces;
    private final Controllers controllers;
    private final Operator operator;
    private final AtomicReference<Phase> phase = new AtomicReference<>(Phase.STARTING);

    /**
     * @param clientWith makes the client of the API server, which asks the permit before each change
     * @param exit       ends the process if it can't go on: it has lost the lease, or the controllers did not start
     */
    public OperatorProcess(OperatorConfig config, Function<WritePermit, KubernetesClient> clientWith, Clock clock,
            IntConsumer exit) throws IOException {
        this.config = config;
        this.exit = exit;
        PrometheusMeterRegistry registry = registry();
        OperatorMetrics metrics = new OperatorMetrics(registry, Clock.systemUTC());
        http = new HttpEndpoints(config.httpPort(), () -> isIn(Phase.STANDBY) || isIn(Phase.LEADING), metrics::scrape);
        leadership = config.leaderElection()
                ? new Leadership(config.lease(), config.identity(),
                        () -> Thread.ofPlatform().name("start").start(this::lead), this::lost)
                : null;
        WritePermit permit = leadership == null ? () -> {} : leadership;
        client = clientWith.apply(permit);
        namespaces = new WatchableNamespaces(client, config.namespaces());
        controllers = new Controllers(client, permit, config.webhooks(), config.namespaces().isEmpty(), metrics, clock);
        metrics.show(() -> isIn(Phase.LEADING), this::leader, namespaces::refused, controllers::inventory);
        page = config.pagePort().isPresent() ? Optional.of(page(config.pagePort().getAsInt())) : Optional.empty();
        operator = new Operator(overrider -> overrider.withKubernetesClient(client).withCloseClientOnStop(false)
                // Statuses carry the version from which the rules decided. Server-side apply does not use it.
                .withUseSSAToPatchPrimaryResource(false).withResourceCloner(new MetadataCloner())
                .withExecutorService(controllers.executor())
                .withReconciliationTerminationTimeout(config.stopTimeout())
                .withMetrics(MicrometerMetrics.withoutPerResourceMetrics(registry)));
    }

    public void start() {
        LOG.info("serving /livez, /readyz and /metrics on port {}", http.port());
        page.ifPresent(served -> LOG.info("the page is at http://localhost:{}/, for this machine only", served.port()));
        if (leadership == null) {
            lead();
        } else if (enter(Phase.STANDBY)) {
            LOG.info("waiting for the lease {} as {}", config.lease(), config.identity());
            leadership.elect(client);
        }
    }

    /** The port of the health and metrics endpoints. */
    public int httpPort() {
        return http.port();
    }

    /** Only the leader watches the objects, so only its page shows them. */
    private PageServer page(int port) throws IOException {
        return new PageServer(port,
                () -> isIn(Phase.LEADING) ? Optional.of(controllers.inventory().aliases()) : Optional.empty(),
                config.lease());
    }

    private Optional<String> leader() {
        return leadership == null ? Optional.empty() : leadership.holder();
    }

    private void lead() {
        try {
            Set<String> watched = namespaces.find();
            controllers.register(operator, watched);
            operator.start();
            if (!enter(Phase.LEADING)) {
                operator.stop(); // What the SDK has not started yet, it does not stop.
                return;
            }
            LOG.info("watching {}", watched.isEmpty() ? "all namespaces" : watched);
            controllers.warnOfWhatMayNotBeRead();
            namespaces.awaitOthers(this::startAnew);
        } catch (Throwable e) {
            if (isIn(Phase.STOPPED)) {
                LOG.debug("the start was cut off by the stop", e);
                return;
            }
            LOG.error("the controllers did not start: are the CRDs installed, and may this account read them?", e);
            exit.accept(1);
        }
    }

    private boolean isIn(Phase one) {
        return phase.get() == one;
    }

    /**
     * A stop is for good, and may come while the operator starts on another thread.
     *
     * @return false if the process is being stopped
     */
    private boolean enter(Phase next) {
        return phase.updateAndGet(now -> now == Phase.STOPPED ? now : next) == next;
    }

    private void startAnew() {
        close();
        exit.accept(0);
    }

    private void lost() {
        if (!isIn(Phase.STOPPED)) {
            LOG.error("the lease was lost; another process may be leading");
            exit.accept(1);
        }
    }

    /** Finishes work in flight, then lets another process take over. A second caller waits for the end of that. */
    @Override
    public synchronized void close() {
        if (phase.getAndSet(Phase.STOPPED) == Phase.STOPPED) {
            return;
        }
        namespaces.close();
        operator.stop();
        controllers.close();
        if (leadership != null) {
            leadership.close();
        }
        page.ifPresent(PageServer::close);
        http.close();
        client.close();
        LOG.info("stopped");
    }

    private static PrometheusMeterRegistry registry() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmGcMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        return registry;
    }
}
