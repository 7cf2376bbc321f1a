package dev.collectionalias.bench;

import java.util.Locale;

/** Figures as people read them. */
final class Numbers {

    private static final double EXACT_FROM = 100;

    private Numbers() {}

    /** With one decimal, without one from 100 on, and none that is zero; a dash for what is not there. */
    static String shown(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        String text = String.format(Locale.ROOT, number >= EXACT_FROM ? "%.0f" : "%.1f", number);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /** With two decimals; a dash where there is no such ratio. */
    static String ratio(double ratio) {
        return !Double.isFinite(ratio) ? "–" : String.format(Locale.ROOT, "%.2f", ratio);
    }
}
