package dev.collectionalias.cli;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import dev.collectionalias.api.v1alpha1.CollectionAliasStatus.HistoryEntry;

/** The changes of an alias as a table, as kubectl draws tables. */
final class HistoryTable {

    private static final List<String> HEAD = List.of("REVISION", "FROM", "TO", "CAUSE", "REQUESTED BY", "AGE",
            "SWITCH");

    private HistoryTable() {}

    static List<String> lines(Look seen, Instant now) {
        return Columns.align(
                Stream.concat(Stream.of(HEAD), seen.status().history().stream().map(entry -> row(entry, now)))
                        .toList());
    }

    private static List<String> row(HistoryEntry entry, Instant now) {
        return List.of(String.valueOf(entry.revision()), orEmpty(entry.from()), entry.to(), orEmpty(entry.cause()),
                orEmpty(entry.requestedBy()), Age.since(entry.time(), now), took(entry));
    }

    static String took(HistoryEntry entry) {
        return entry.switchMillis() == null ? "" : entry.switchMillis() + " ms";
    }

    private static String orEmpty(String text) {
        return text == null ? "" : text;
    }
}
