package dev.collectionalias.cli;

import picocli.CommandLine.Help.Ansi.Style;

/** Colours a text if the terminal shows colours. */
public record Paint(boolean on) {

    public static final Paint NONE = new Paint(false);

    public String paint(Style style, String text) {
        return on && !text.isEmpty() ? style.on() + text + Style.reset.on() : text;
    }

    public String bold(String text) {
        return paint(Style.bold, text);
    }

    public String faint(String text) {
        return paint(Style.faint, text);
    }
}
