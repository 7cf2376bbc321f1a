package dev.collectionalias.metrics;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Writes series in Prometheus' text format one by one. The library would gather all of them first. For ten thousand objects,
 * that takes as much memory as the objects themselves.
 */
final class TextFormat {

    private final Writer out;
    private Metric current;

    TextFormat(OutputStream out) {
        this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
    }

    /**
     * Writes one series. All series of a metric have to follow each other.
     *
     * @param labels the values, in the order of {@link Metric#labels()}
     */
    void series(Metric metric, double value, String... labels) {
        try {
            if (metric != current) {
                out.write("# HELP " + metric.key() + ' ' + metric.meaning() + '\n');
                out.write("# TYPE " + metric.key() + ' ' + metric.type().name().toLowerCase(Locale.ROOT) + '\n');
                current = metric;
            }
            out.write(metric.key());
            writeLabels(metric.labels(), labels);
            out.write(' ' + Double.toString(value) + '\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void writeLabels(List<Label> labels, String... values) throws IOException {
        String separator = "{";
        for (int i = 0; i < values.length; i++) {
            out.write(separator + labels.get(i).key() + "=\"");
            out.write(escaped(values[i]));
            out.write('"');
            separator = ",";
        }
        if (values.length > 0) {
            out.write('}');
        }
    }

    private static String escaped(String value) {
        return value.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
