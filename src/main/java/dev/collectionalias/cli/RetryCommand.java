package dev.collectionalias.cli;

import picocli.CommandLine.Command;

/** Has something tried again. */
@Command(name = "retry", mixinStandardHelpOptions = true, description = "Tries again what was given up, or what is stalled.")
final class RetryCommand extends RequestCommand {

    RetryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Wish wish(Look seen) {
        return AnotherTry.of(seen);
    }
}
