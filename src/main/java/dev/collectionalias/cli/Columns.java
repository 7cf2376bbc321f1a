package dev.collectionalias.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Rows whose cells are aligned in columns. */
public final class Columns {

    private static final String GAP = "   ";

    private Columns() {}

    /** @param rows each with as many cells as the others */
    public static List<String> align(List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                line.append(pad(row.get(column), width(rows, column))).append(GAP);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }

    static String pad(String cell, int width) {
        return cell + " ".repeat(Math.max(0, width - cell.length()));
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().flatMapToInt(row -> IntStream.of(row.get(column).length())).max().orElse(0);
    }
}
