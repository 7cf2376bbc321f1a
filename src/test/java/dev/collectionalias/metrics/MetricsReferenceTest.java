package dev.collectionalias.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

/** Holds the tables of docs/metrics.md against the code. Stale ones are written anew and fail the build, to be committed. */
class MetricsReferenceTest {

    private static final Path PAGE = Path.of("docs/metrics.md");
    private static final String BEGIN = "<!-- The tables are written by MetricsReferenceTest. -->\n";
    private static final String END = "<!-- End of the tables. -->\n";

    @Test
    void tablesAreCurrent() throws IOException {
        String committed = Files.readString(PAGE);
        String fresh = committed.substring(0, committed.indexOf(BEGIN) + BEGIN.length()) + tables()
                + committed.substring(committed.indexOf(END));
        if (!committed.equals(fresh)) {
            Files.writeString(PAGE, fresh);
        }
        assertThat(committed).as("%s was stale and has been written anew: look at the change and commit it", PAGE)
                .isEqualTo(fresh);
    }

    private static String tables() {
        Stream<String> metrics = Stream.of(Metric.values()).map(metric -> row("`" + metric.key() + "`",
                metric.type().name().toLowerCase(Locale.ROOT), list(metric.labels()), metric.meaning()));
        Stream<String> labels = Stream.of(Label.values()).map(label -> row("`" + label.key() + "`", label.meaning()));
        return Stream
                .of(Stream.of(row("Metric", "Type", "Labels", "Meaning"), row("---", "---", "---", "---")), metrics,
                        Stream.of("\n", row("Label", "Values"), row("---", "---")), labels)
                .flatMap(rows -> rows)
                .collect(Collectors.joining());
    }

    private static String list(List<Label> labels) {
        return labels.stream().map(label -> "`" + label.key() + "`").collect(Collectors.joining(", "));
    }

    private static String row(String... cells) {
        return Stream.of(cells).collect(Collectors.joining(" | ", "| ", " |\n"));
    }
}
