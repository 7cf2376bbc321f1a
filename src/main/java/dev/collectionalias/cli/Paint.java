package dev.collectionalias.cli;

import picocli.CommandLine.Help.Ansi.Style;

/** Colours, where they are wanted. */
record Paint(boolean on) {

    static final Paint NONE = new Paint(false);

    String paint(Style style, String text) {
        return on && !text.isEmpty() ? style.on() + text + Style.reset.on() : text;
    }

    String bold(String text) {
        return paint(Style.bold, text);
    }

    String faint(String text) {
        return paint(Style.faint, text);
    }
}
