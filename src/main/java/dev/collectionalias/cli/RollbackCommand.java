package dev.collectionalias.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Switches back. */
@Command(name = "rollback", mixinStandardHelpOptions = true, description = "Switches the alias back, and waits until the operator has done so.")
final class RollbackCommand extends RequestCommand {

    @Option(names = "--to", paramLabel = "REVISION", description = "A revision of the history. Default: where the alias pointed before.")
    private Integer revision;

    RollbackCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Wish wish(Look seen) {
        return revision == null ? GoingBack.toPrevious(seen) : GoingBack.to(revision, seen);
    }
}
