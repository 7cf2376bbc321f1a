package dev.collectionalias.metrics;

import java.time.Duration;
import java.util.stream.LongStream;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;

/** Histograms of how long calls take, all with the same few buckets. */
record Timers(MeterRegistry registry) {

    private static final Duration[] BUCKETS = LongStream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000)
            .mapToObj(Duration::ofMillis).toArray(Duration[]::new);

    Timer of(Metric metric, Object... values) {
        return Timer.builder(metric.key()).description(metric.meaning()).tags(metric.tags(values))
                .serviceLevelObjectives(BUCKETS).register(registry);
    }
}
