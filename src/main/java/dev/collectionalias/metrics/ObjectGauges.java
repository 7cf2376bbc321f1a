package dev.collectionalias.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.cutover.Deadline;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;

/**
 * Reads gauges off the objects anew at each scrape. So there is nothing to keep up to date, and nothing that an object
 * could leave behind, however it went.
 */
final class ObjectGauges implements MultiCollector {

    /** The library adds it by itself. */
    private static final String INFO_SUFFIX = "_info";

    private final Supplier<Optional<Inventory>> inventory;
    private final Clock clock;

    ObjectGauges(Supplier<Optional<Inventory>> inventory, Clock clock) {
        this.inventory = inventory;
        this.clock = clock;
    }

    @Override
    public MetricSnapshots collect() {
        return new MetricSnapshots(inventory.get().map(this::collect).orElse(List.of()));
    }

    private List<MetricSnapshot> collect(Inventory found) {
        Instant now = clock.instant();
        List<Subject> aliases = found.aliases();
        List<MetricSnapshot> snapshots = new ArrayList<>(List.of(
                gauge(Metric.READY, aliases, ObjectGauges::isReady),
                gauge(Metric.SERVING, serving(aliases), ObjectGauges::isServing),
                gauge(Metric.GATE_WAITING, aliases, alias -> seconds(waitedForGates(alias, now))),
                gauge(Metric.AWAITING_PROMOTION, aliases, alias -> seconds(awaitedPromotion(alias, now))),
                stalled(aliases), info(aliases), up(found)));
        double conflicts = aliases.stream().filter(ObjectGauges::isInConflict).count();
        snapshots.add(builder(Metric.CONFLICTS).dataPoint(point(conflicts, Labels.EMPTY)).build());
        snapshots.removeIf(snapshot -> snapshot.getDataPoints().isEmpty());
        return snapshots;
    }

    private static GaugeSnapshot gauge(Metric metric, List<Subject> aliases, ToDoubleFunction<Subject> value) {
        GaugeSnapshot.Builder gauge = builder(metric);
        aliases.forEach(alias -> gauge.dataPoint(point(value.applyAsDouble(alias), labels(metric,
                alias.name().namespace(), alias.name().name()))));
        return gauge.build();
    }

    private static GaugeSnapshot stalled(List<Subject> aliases) {
        GaugeSnapshot.Builder gauge = builder(Metric.STALLED);
        aliases.forEach(alias -> alias.condition(ConditionType.Stalled).ifPresent(
                stalled -> gauge.dataPoint(point(1, labels(Metric.STALLED, alias.name().namespace(),
                        alias.name().name(), stalled.reason())))));
        return gauge.build();
    }

    private static InfoSnapshot info(List<Subject> aliases) {
        String name = Metric.INFO.key();
        InfoSnapshot.Builder info = InfoSnapshot.builder()
                .name(name.substring(0, name.length() - INFO_SUFFIX.length())).help(Metric.INFO.meaning());
        aliases.forEach(alias -> info.dataPoint(new InfoDataPointSnapshot(labels(Metric.INFO,
                alias.name().namespace(), alias.name().name(), alias.spec().alias(), alias.spec().database(),
                alias.spec().collection(),
                Optional.ofNullable(alias.status().active()).map(Active::collection).orElse(""),
                Connections.label(ConnectionName.of(alias))))));
        return info.build();
    }

    private static GaugeSnapshot up(Inventory found) {
        GaugeSnapshot.Builder gauge = builder(Metric.CONNECTION_UP);
        found.connections().forEach((connection, isUp) -> gauge
                .dataPoint(point(isUp ? 1 : 0, labels(Metric.CONNECTION_UP, Connections.label(connection)))));
        return gauge.build();
    }

    private static List<Subject> serving(List<Subject> aliases) {
        return aliases.stream().filter(alias -> alias.condition(ConditionType.Serving)
                .filter(serving -> serving.status() != ConditionStatus.Unknown).isPresent()).toList();
    }

    private static double isReady(Subject alias) {
        return alias.is(ConditionType.Ready) ? 1 : 0;
    }

    private static double isServing(Subject alias) {
        return alias.is(ConditionType.Serving) ? 1 : 0;
    }

    private static boolean isInConflict(Subject alias) {
        return alias.condition(ConditionType.Ready)
                .filter(ready -> ready.reason().equals(Reason.Conflict.name())).isPresent();
    }

    private static Duration waitedForGates(Subject alias, Instant now) {
        Candidate candidate = alias.status().candidate();
        return candidate == null || candidate.checkingSince() == null
                ? Duration.ZERO
                : Deadline.waited(candidate, now);
    }

    private static Duration awaitedPromotion(Subject alias, Instant now) {
        return alias.condition(ConditionType.AwaitingPromotion).map(Condition::lastTransitionTime)
                .filter(Objects::nonNull).map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    /** Clocks of two processes may differ by a little. */
    private static double seconds(Duration duration) {
        return duration.isNegative() ? 0 : duration.toMillis() / 1000.0;
    }

    private static GaugeSnapshot.Builder builder(Metric metric) {
        return GaugeSnapshot.builder().name(metric.key()).help(metric.meaning());
    }

    private static GaugeDataPointSnapshot point(double value, Labels labels) {
        return new GaugeDataPointSnapshot(value, labels, null);
    }

    private static Labels labels(Metric metric, String... values) {
        return Labels.of(metric.keys(), values);
    }
}
