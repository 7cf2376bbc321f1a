package dev.collectionalias.quickstart;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a tour measured, as its closing table. */
record Figures(long applyMillis, long switchMillis, Long switchCallMillis, long done, Map<String, Long> answers,
        long failed, long stale) {

    boolean isGood() {
        return failed == 0 && stale == 0;
    }

    void print(Console console) {
        Map<String, String> rows = new LinkedHashMap<>();
        rows.put("manifest applied until Ready", applyMillis + " ms");
        rows.put("collection changed until Ready", switchMillis + " ms");
        rows.put("  of which the switch in Milvus", switchCallMillis == null ? "-" : switchCallMillis + " ms");
        rows.put("searches done", count(done));
        answers.forEach((collection, number) -> rows.put("  answered by " + collection, count(number)));
        rows.put("searches failed", count(failed));
        rows.put("answered by the old collection after the switch", count(stale));
        int left = width(rows.keySet());
        int right = width(rows.values());
        String rule = "    +" + "-".repeat(left + 2) + "+" + "-".repeat(right + 2) + "+";
        console.line("");
        console.line(rule);
        rows.forEach(
                (name, value) -> console.line(String.format(Locale.ROOT, "    | %-" + left + "s | %" + right + "s |",
                        name, value)));
        console.line(rule);
        console.line("");
    }

    private static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    private static int width(Iterable<String> texts) {
        int width = 0;
        for (String text : texts) {
            width = Math.max(width, text.length());
        }
        return width;
    }
}
