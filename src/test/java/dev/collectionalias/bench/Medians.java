package dev.collectionalias.bench;

import java.util.List;

/** One figure for what was measured in several rounds. */
final class Medians {

    private Medians() {}

    /** The middle one, or the mean of the two in the middle. NaN if there is none. */
    static double of(List<Double> figures) {
        if (figures.isEmpty()) {
            return Double.NaN;
        }
        List<Double> sorted = figures.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
