package dev.collectionalias.cli;

import dev.collectionalias.api.v1alpha1.Verdict;
import picocli.CommandLine.Help.Ansi.Style;

/** The sign that shows at a glance how well something is. */
public enum Mark {
    GOOD("✔", Style.fg_green), WAITING("…", Style.fg_yellow), BAD("✖", Style.fg_red);

    private final String sign;
    private final Style style;

    Mark(String sign, Style style) {
        this.sign = sign;
        this.style = style;
    }

    public static Mark of(Verdict verdict) {
        return switch (verdict) {
            case Passed -> GOOD;
            case Waiting -> WAITING;
            case Failed -> BAD;
        };
    }

    /** Puts the sign before a text. */
    public String before(String text, Paint paint) {
        return paint.paint(style, sign) + " " + text;
    }
}
