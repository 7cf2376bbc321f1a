package dev.collectionalias.bench;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A table as GitHub shows it. */
final class MarkdownTable {

    private MarkdownTable() {}

    static String of(List<String> head, Stream<List<String>> rows) {
        return Stream.concat(Stream.of(head, head.stream().map(column -> "---").toList()), rows)
                .map(row -> "| " + String.join(" | ", row) + " |\n").collect(Collectors.joining());
    }
}
