package dev.collectionalias.gitops.output;

import java.io.PrintWriter;

import dev.collectionalias.cli.ProgressLine;
import dev.collectionalias.cli.Terminal;

/** Tells people how far a command has come. Writes nothing into a file or a build's log. */
public final class CommandProgress implements AutoCloseable {

    private final ProgressLine line;
    private final boolean shown;

    public CommandProgress(PrintWriter err, Terminal terminal) {
        line = new ProgressLine(err, terminal);
        shown = terminal.redraws();
    }

    public void tell(String sentence) {
        if (shown) {
            line.show(sentence);
        }
    }

    @Override
    public void close() {
        line.end();
    }
}
