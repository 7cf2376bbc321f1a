package dev.collectionalias.quickstart;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * What a tour measured, as its closing table.
 *
 * @param timings in the order of the tour
 * @param astray  searches that a collection answered that the alias did not point at
 */
record Figures(List<Timing> timings, long done, Map<String, Long> answers, long failed, long astray) {

    /**
     * How long something took.
     *
     * @param millis null if nobody measured it
     */
    record Timing(String what, Long millis) {}

    private record Row(String name, String value) {}

    boolean isGood() {
        return failed == 0 && astray == 0;
    }

    void print(Console console) {
        List<Row> rows = new ArrayList<>();
        timings.forEach(timing -> rows.add(new Row(timing.what(),
                timing.millis() == null ? "-" : count(timing.millis()) + " ms")));
        rows.add(new Row("searches done", count(done)));
        answers.forEach((collection, number) -> rows.add(new Row("  answered by " + collection, count(number))));
        rows.add(new Row("searches failed", count(failed)));
        rows.add(new Row("answered by a collection that the alias did not point at", count(astray)));
        int left = width(rows, Row::name);
        int right = width(rows, Row::value);
        String rule = "    +" + "-".repeat(left + 2) + "+" + "-".repeat(right + 2) + "+";
        console.line("");
        console.line(rule);
        rows.forEach(row -> console.line(String.format(Locale.ROOT, "    | %-" + left + "s | %" + right + "s |",
                row.name(), row.value())));
        console.line(rule);
        console.line("");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static int width(List<Row> rows, Function<Row, String> column) {
        return rows.stream().map(column).mapToInt(String::length).max().orElse(0);
    }
}
