package dev.collectionalias.metrics;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Active;
import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.Candidate;
import dev.collectionalias.api.v1alpha1.Condition;
import dev.collectionalias.api.v1alpha1.ConditionStatus;
import dev.collectionalias.api.v1alpha1.ConditionType;
import dev.collectionalias.api.v1alpha1.Reason;
import dev.collectionalias.plan.ConnectionName;
import dev.collectionalias.plan.Subject;
import dev.collectionalias.plan.step.CandidateClock;

/**
 * Computes gauges from the objects at each scrape. So nobody has to keep them up to date, and no object can leave a stale
 * series behind.
 */
final class ObjectGauges {

    private final Clock clock;

    ObjectGauges(Clock clock) {
        this.clock = clock;
    }

    void write(Inventory found, TextFormat out) {
        Instant now = clock.instant();
        List<Subject> aliases = found.aliases();
        write(Metric.READY, aliases, ObjectGauges::isReady, out);
        write(Metric.SERVING, serving(aliases), ObjectGauges::isServing, out);
        write(Metric.GATE_WAITING, aliases, alias -> seconds(waitedForGates(alias, now)), out);
        write(Metric.AWAITING_PROMOTION, aliases, alias -> seconds(awaitedPromotion(alias, now)), out);
        aliases.forEach(alias -> alias.condition(ConditionType.Stalled).ifPresent(stalled -> out.series(Metric.STALLED,
                1, alias.name().namespace(), alias.name().name(), stalled.reason())));
        aliases.forEach(alias -> out.series(Metric.INFO, 1, alias.name().namespace(), alias.name().name(),
                alias.spec().alias(), alias.spec().database(), alias.spec().collection(),
                Optional.ofNullable(alias.status().active()).map(Active::collection).orElse(""),
                Connections.label(ConnectionName.of(alias))));
        found.connections().forEach((connection, isUp) -> out.series(Metric.CONNECTION_UP, isUp ? 1 : 0,
                Connections.label(connection)));
        out.series(Metric.CONFLICTS, (double) aliases.stream().filter(ObjectGauges::isInConflict).count());
    }

    private static void write(Metric metric, List<Subject> aliases, ToDoubleFunction<Subject> value, TextFormat out) {
        aliases.forEach(alias -> out.series(metric, value.applyAsDouble(alias), alias.name().namespace(),
                alias.name().name()));
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
                : CandidateClock.waited(candidate, now);
    }

    private static Duration awaitedPromotion(Subject alias, Instant now) {
        return alias.condition(ConditionType.AwaitingPromotion).map(Condition::lastTransitionTime)
                .filter(Objects::nonNull).map(since -> Duration.between(since, now)).orElse(Duration.ZERO);
    }

    /** Never less than 0, because the clocks of two processes may differ by a little. */
    private static double seconds(Duration duration) {
        return duration.isNegative() ? 0 : duration.toMillis() / 1000.0;
    }
}
