package dev.collectionalias.gitops;

import java.io.PrintWriter;

import dev.collectionalias.cli.ProgressLine;
import dev.collectionalias.cli.Terminal;

/** Tells people how far a command has come. Writes nothing into a file or a build's log. */
final class CommandProgress implements AutoCloseable {

    private final ProgressLine line;
    private final boolean shown;

    CommandProgress(PrintWriter err, Terminal terminal) {
        line = new ProgressLine(err, terminal);
        shown = terminal.redraws();
    }

    void tell(String sentence) {
        if (shown) {
            line.show(sentence);
        }
    }

    @Override
    public void close() {
        line.end();
    }
}
