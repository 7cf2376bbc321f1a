package dev.collectionalias.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

import org.junit.jupiter.api.Test;

/** What Prometheus reads. */
class TextFormatTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TextFormat format = new TextFormat(out);

    @Test
    void aMetricIsExplainedOnceBeforeItsSeries() {
        format.series(Metric.READY, 1, "shop", "products");
        format.series(Metric.READY, 0, "shop", "prices");
        format.series(Metric.CONFLICTS, 2);
        assertThat(written()).isEqualTo(
                """
                        # HELP collectionalias_ready 1 while the condition `Ready` is True, else 0.
                        # TYPE collectionalias_ready gauge
                        collectionalias_ready{namespace="shop",name="products"} 1.0
                        collectionalias_ready{namespace="shop",name="prices"} 0.0
                        # HELP collectionalias_conflicts How many objects claim an alias that another object has, or must not have two of.
                        # TYPE collectionalias_conflicts gauge
                        collectionalias_conflicts 2.0
                        """);
    }

    @Test
    void noValueOfALabelEndsIt() {
        format.series(Metric.READY, 1, "a\"b", "c\\d\ne");
        assertThat(written()).contains("{namespace=\"a\\\"b\",name=\"c\\\\d\\ne\"} 1.0\n");
    }

    private String written() {
        format.flush();
        return out.toString(StandardCharsets.UTF_8);
    }
}
