package dev.collectionalias.cli;

import dev.collectionalias.api.v1alpha1.Verdict;
import picocli.CommandLine.Help.Ansi.Style;

/** How well something is, at a glance. */
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

    /** The sign before a text. */
    public String before(String text, Paint paint) {
        return paint.paint(style, sign) + " " + text;
    }
}
