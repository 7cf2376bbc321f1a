package dev.collectionalias.cli;

import picocli.CommandLine.Command;

/** Gives a candidate up. */
@Command(name = "abort", mixinStandardHelpOptions = true, description = "Gives the candidate up; the alias stays where it is.")
final class AbortCommand extends RequestCommand {

    AbortCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Wish wish(Look seen) {
        return GivingUp.of(seen);
    }
}
