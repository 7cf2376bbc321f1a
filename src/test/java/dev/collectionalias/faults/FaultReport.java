package dev.collectionalias.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

import dev.collectionalias.faults.Difference.Kind;

/** What became of each kind of fault: {@code target/faults-report.md}, which has what there is after each row. */
final class FaultReport {

    private static final Path FILE = Path.of("target/faults-report.md");
    private static final String HEADING = """
            | fault | injected | operations | not acknowledged | aliases in the end | lost | wrong | extra | time to heal | meanwhile |
            | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | --- |
            """;

    private final Path file;
    private final List<Row> rows = new ArrayList<>();

    /**
     * @param injected how often
     * @param operations of users meanwhile
     * @param unacknowledged those of which they were not told whether they were carried out
     * @param meanwhile what else was counted; may be empty
     */
    record Row(String fault, int injected, int operations, int unacknowledged, Settlement settlement,
            String meanwhile) {

        Row(String fault, int injected, int operations, int unacknowledged, Settlement settlement) {
            this(fault, injected, operations, unacknowledged, settlement, "");
        }

        private String line() {
            return String.format(Locale.ROOT, "| %s | %,d | %,d | %,d | %,d | %d | %d | %d | %s | %s |%n", fault,
                    injected,
                    operations, unacknowledged, settlement.aliases(), settlement.count(Kind.LOST),
                    settlement.count(Kind.WRONG), settlement.count(Kind.EXTRA), seconds(settlement.timeToHeal()),
                    meanwhile);
        }

        private static String seconds(Duration time) {
            return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
        }
    }

    private FaultReport(Path file) {
        this.file = file;
    }

    /** That of this run. */
    static FaultReport begin() {
        return new FaultReport(FILE);
    }

    synchronized void add(Row row) {
        rows.add(row);
        System.out.print(row.line());
        row.settlement().differences().forEach(System.out::println);
        try {
            Files.writeString(file, text());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String text() {
        StringBuilder text = new StringBuilder(HEADING);
        rows.forEach(row -> text.append(row.line()));
        return text.append(total()).toString();
    }

    private String total() {
        return String.format(Locale.ROOT, "| **all** | %,d | %,d | %,d | | **%d** | **%d** | **%d** | %s at most | |%n",
                sum(Row::injected), sum(Row::operations), sum(Row::unacknowledged),
                sum(row -> row.settlement().count(Kind.LOST)), sum(row -> row.settlement().count(Kind.WRONG)),
                sum(row -> row.settlement().count(Kind.EXTRA)), Row.seconds(rows.stream()
                        .map(row -> row.settlement().timeToHeal()).max(Comparator.naturalOrder()).orElseThrow()));
    }

    private long sum(ToLongFunction<Row> number) {
        return rows.stream().mapToLong(number).sum();
    }
}
