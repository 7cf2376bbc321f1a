package dev.collectionalias.cli;

import java.io.PrintWriter;

/** Tells what is waited for: in one line that changes, or, where nothing can be overwritten, in a line per change. */
public final class ProgressLine {

    private static final String BACK_TO_AN_EMPTY_LINE = "\r\u001b[K";
    /** A line that wraps could not be overwritten. */
    private static final int WIDTH = 79;

    private final PrintWriter out;
    private final Terminal terminal;
    private String shown = "";

    public ProgressLine(PrintWriter out, Terminal terminal) {
        this.out = out;
        this.terminal = terminal;
    }

    public void show(String sentence) {
        if (sentence.equals(shown)) {
            return;
        }
        shown = sentence;
        if (terminal.redraws()) {
            out.print(BACK_TO_AN_EMPTY_LINE
                    + (sentence.length() > WIDTH ? sentence.substring(0, WIDTH - 1) + "…" : sentence));
        } else {
            out.println(sentence);
        }
        out.flush();
    }

    /** What follows begins a line. */
    public void end() {
        if (terminal.redraws() && !shown.isEmpty()) {
            out.print(BACK_TO_AN_EMPTY_LINE);
            out.flush();
        }
    }
}
