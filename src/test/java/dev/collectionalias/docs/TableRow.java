package dev.collectionalias.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The rows of a page's tables. */
final class TableRow {

    private TableRow() {}

    /** Those whose first cell has a word of code. */
    static List<String> of(Path page, String word) throws IOException {
        try (Stream<String> lines = Files.lines(page)) {
            return lines.filter(line -> line.startsWith("| `" + word + "` |")).toList();
        }
    }
}
