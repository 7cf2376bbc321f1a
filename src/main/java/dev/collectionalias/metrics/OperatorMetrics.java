package dev.collectionalias.metrics;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import dev.collectionalias.milvus.RpcObserver;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Decision;
import dev.collectionalias.plan.ObjectName;
import dev.collectionalias.plan.Outcome;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.status.Announcement;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;

/**
 * The metrics of the operator's own. Those of an object are there as long as the object is: gauges are read off it at
 * each scrape, and what was counted for one that is gone is dropped then, at the latest.
 */
public final class OperatorMetrics {

    private final PrometheusMeterRegistry registry;
    private final AliasMeters aliases;
    private final RpcMeters rpcs;
    private volatile Supplier<Optional<Inventory>> inventory = Optional::empty;

    public OperatorMetrics(PrometheusMeterRegistry registry, Clock clock) {
        this.registry = registry;
        Timers timers = new Timers(registry);
        aliases = new AliasMeters(registry, timers);
        rpcs = new RpcMeters(timers);
        registry.getPrometheusRegistry().register(new ObjectGauges(() -> inventory.get(), clock));
    }

    /** @param leading whether this process is the one that tells about the objects; others do not know of changes */
    public void show(BooleanSupplier leading, Supplier<Inventory> objects) {
        Gauge.builder(Metric.LEADING.key(), () -> leading.getAsBoolean() ? 1 : 0).strongReference(true)
                .description(Metric.LEADING.meaning()).register(registry);
        inventory = () -> leading.getAsBoolean() ? Optional.of(objects.get()) : Optional.empty();
    }

    /** All metrics in Prometheus' text format. */
    public String scrape() {
        retainWhatThereIs();
        return registry.scrape();
    }

    /** Tells what one step of a pass did. */
    public void reported(Subject subject, Decision decision, Outcome outcome, List<Announcement> announcements) {
        aliases.reported(subject, decision, outcome, announcements);
    }

    public RpcObserver rpcs(ConnectionName connection) {
        return rpcs.of(connection);
    }

    /** Nobody may scrape for as long as objects come and go. */
    public void forget(ObjectName alias) {
        removeIf(meter -> isOf(meter, alias));
    }

    public void forget(ConnectionName connection) {
        String label = Connections.label(connection);
        removeIf(meter -> label.equals(meter.getId().getTag(Label.CONNECTION.key())));
    }

    private void retainWhatThereIs() {
        // Before the objects are looked up: what was counted since may be of one that is new.
        List<Meter> meters = registry.getMeters();
        inventory.get().ifPresent(found -> {
            Set<ObjectName> objects = found.aliases().stream().map(Subject::name).collect(Collectors.toSet());
            Set<String> connections = found.connections().keySet().stream().map(Connections::label)
                    .collect(Collectors.toSet());
            meters.stream().filter(OperatorMetrics::isOwn)
                    .filter(meter -> objectOf(meter).filter(object -> !objects.contains(object)).isPresent()
                            || Optional.ofNullable(meter.getId().getTag(Label.CONNECTION.key()))
                                    .filter(connection -> !connections.contains(connection)).isPresent())
                    .forEach(registry::remove);
            objects.forEach(aliases::begin);
        });
    }

    private void removeIf(Predicate<Meter> gone) {
        registry.getMeters().stream().filter(OperatorMetrics::isOwn).filter(gone).forEach(registry::remove);
    }

    private static boolean isOf(Meter meter, ObjectName alias) {
        return objectOf(meter).filter(alias::equals).isPresent();
    }

    private static Optional<ObjectName> objectOf(Meter meter) {
        String name = meter.getId().getTag(Label.NAME.key());
        return Optional.ofNullable(meter.getId().getTag(Label.NAMESPACE.key())).filter(namespace -> name != null)
                .map(namespace -> new ObjectName(namespace, name));
    }

    /** Others have labels that are called the same. */
    private static boolean isOwn(Meter meter) {
        String name = meter.getId().getName();
        return name.equals(Metric.SWITCH.key()) || name.equals(Metric.SWITCH_TIME.key())
                || name.equals(Metric.DRIFT.key()) || name.equals(Metric.RPC_TIME.key());
    }
}
