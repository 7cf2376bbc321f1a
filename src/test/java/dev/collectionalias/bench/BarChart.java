package dev.collectionalias.bench;

import java.util.List;
import java.util.Locale;

/**
 * Bars with their names on the left and their figures on the right.
 *
 * @param title with the unit
 */
record BarChart(String title, List<Bar> bars) {

    static final int WIDTH = 760;

    private static final int TITLE = 34;
    private static final int ROW = 24;
    private static final int NAMES = 190;
    private static final int FIGURES = 110;

    /**
     * One row.
     *
     * @param figure what the dark bar shows
     * @param beyond what the light bar behind it shows; NaN if there is none
     */
    record Bar(String name, double figure, double beyond) {

        private double longest() {
            return Double.isNaN(beyond) ? figure : Math.max(figure, beyond);
        }

        private String shown() {
            return Double.isNaN(beyond) ? Numbers.shown(figure) : Numbers.shown(figure) + " / " + Numbers.shown(beyond);
        }
    }

    int height() {
        return TITLE + ROW * bars.size();
    }

    /** A group of SVG whose upper edge is there. */
    String svg(int top) {
        double most = bars.stream().mapToDouble(Bar::longest).max().orElse(1);
        StringBuilder svg = new StringBuilder(
                "<text x=\"0\" y=\"%d\" class=\"title\">%s</text>%n".formatted(top + TITLE - 12, escaped(title)));
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            int y = top + TITLE + i * ROW;
            svg.append("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n".formatted(NAMES - 8, y + 14,
                    escaped(bar.name())));
            if (!Double.isNaN(bar.beyond())) {
                svg.append(rectangle("beyond", y, bar.beyond() / most));
            }
            svg.append(rectangle("figure", y, bar.figure() / most));
            svg.append(String.format(Locale.ROOT, "<text x=\"%.1f\" y=\"%d\">%s</text>%n",
                    NAMES + length(bar.longest() / most) + 6.0,
                    y + 14, bar.shown()));
        }
        return svg.toString();
    }

    private static String rectangle(String style, int y, double share) {
        return String.format(Locale.ROOT, "<rect class=\"%s\" x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\"/>%n",
                style,
                NAMES, y, length(share), ROW - 6);
    }

    private static double length(double share) {
        return (WIDTH - NAMES - FIGURES) * share;
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
