package dev.collectionalias.cli;

import java.io.PrintWriter;

/** Shows what the command waits for. A terminal gets one line that changes, other outputs get a new line for each change. */
public final class ProgressLine {

    private static final String BACK_TO_AN_EMPTY_LINE = "\r\u001b[K";
    /** The terminal could not overwrite a line that wraps. */
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

    /** Ends the line, so that the next output begins a new one. */
    public void end() {
        if (terminal.redraws() && !shown.isEmpty()) {
            out.print(BACK_TO_AN_EMPTY_LINE);
            out.flush();
        }
    }
}
