package dev.collectionalias.metrics;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus;
import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.plan.Announcement;
import dev.collectionalias.plan.Cause;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.step.Effect;
import dev.collectionalias.plan.step.Outcome;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The metrics of the operator's own. Those of an object exist as long as the object. Each scrape computes gauges from the
 * objects, and removes the counts of objects that are gone.
 */
public final class OperatorMetrics {

    private final PrometheusMeterRegistry registry;
    private final Timers timers;
    private final AliasCounts aliases;
    private final ObjectGauges gauges;
    private final RpcMeters rpcs;
    private volatile Supplier<Optional<String>> leader = Optional::empty;
    private volatile Supplier<Optional<Inventory>> inventory = Optional::empty;

    public OperatorMetrics(PrometheusMeterRegistry registry, Clock clock) {
        this.registry = registry;
        timers = new Timers(registry);
        aliases = new AliasCounts();
        gauges = new ObjectGauges(clock);
        rpcs = new RpcMeters(timers);
    }

    /**
     * @param leading   whether this process reports the objects; other processes do not hear of changes
     * @param holder    of the lease, if this process knows it
     * @param unwatched how many namespaces this process should watch but does not
     */
    public void show(BooleanSupplier leading, Supplier<Optional<String>> holder, IntSupplier unwatched,
            Supplier<Inventory> objects) {
        show(Metric.LEADING, () -> leading.getAsBoolean() ? 1 : 0);
        show(Metric.UNWATCHED_NAMESPACES, unwatched::getAsInt);
        leader = holder;
        inventory = () -> leading.getAsBoolean() ? Optional.of(objects.get()) : Optional.empty();
    }

    private void show(Metric metric, Supplier<Number> value) {
        Gauge.builder(metric.key(), value).strongReference(true).description(metric.meaning()).register(registry);
    }

    /** Writes all metrics in Prometheus' text format. */
    public void scrape(OutputStream out) throws IOException {
        // This comes before the look at the objects, because an object with counts may be newer than that look.
        Set<ObjectName> counted = aliases.counted();
        List<Meter> meters = connectionMeters().toList();
        Optional<Inventory> found = inventory.get();
        found.ifPresent(there -> forgetOthers(there, counted, meters));
        registry.scrape(out);
        TextFormat objects = new TextFormat(out);
        leader.get().ifPresent(holder -> objects.series(Metric.LEADER, 1, holder));
        found.ifPresent(there -> {
            gauges.write(there, objects);
            aliases.write(there.aliases(), objects);
        });
        objects.flush();
    }

    private void forgetOthers(Inventory there, Set<ObjectName> counted, List<Meter> meters) {
        Set<ObjectName> objects = there.aliases().stream().map(Subject::name).collect(Collectors.toSet());
        counted.stream().filter(object -> !objects.contains(object)).forEach(aliases::forget);
        Set<String> connections = there.connections().keySet().stream().map(Connections::label)
                .collect(Collectors.toSet());
        meters.stream().filter(meter -> !connections.contains(connectionOf(meter))).forEach(registry::remove);
    }

    /** The operator has called Milvus for an object. */
    public void called(Subject subject, Effect effect, Outcome outcome) {
        Optional<Cause> cause = AliasCounts.changeOf(effect);
        if (outcome instanceof Outcome.Failed) {
            cause.ifPresent(of -> aliases.failed(subject.name(), of));
        }
        if (outcome instanceof Outcome.Done done && cause.isPresent()) {
            timers.of(Metric.SWITCH_TIME, Connections.label(ConnectionName.of(subject))).record(done.took());
        }
    }

    /** The operator has written a status on top of the one that {@code before} has. */
    public void written(Subject before, CollectionAliasStatus after) {
        aliases.written(before, after);
    }

    /** The operator has sent Events of an object. */
    public void announced(ObjectName alias, List<Announcement> announcements) {
        aliases.announced(alias, announcements);
    }

    public void forget(ObjectName alias) {
        aliases.forget(alias);
    }

    public RpcObserver rpcs(ConnectionName connection) {
        return rpcs.of(connection);
    }

    public void forget(ConnectionName connection) {
        String label = Connections.label(connection);
        connectionMeters().filter(meter -> label.equals(connectionOf(meter))).forEach(registry::remove);
    }

    /** Only these two metrics. Others have labels of the same name. */
    private Stream<Meter> connectionMeters() {
        return registry.getMeters().stream().filter(meter -> {
            String name = meter.getId().getName();
            return name.equals(Metric.SWITCH_TIME.key()) || name.equals(Metric.RPC_TIME.key());
        });
    }

    private static String connectionOf(Meter meter) {
        return meter.getId().getTag(Label.CONNECTION.key());
    }
}
