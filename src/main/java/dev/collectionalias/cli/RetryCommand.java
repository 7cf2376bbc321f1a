package dev.collectionalias.cli;

import picocli.CommandLine.Command;

/** Has the operator try again. */
@Command(name = "retry", mixinStandardHelpOptions = true, description = "Tries a candidate again that was given up, or an object that is stalled.")
final class RetryCommand extends RequestCommand {

    RetryCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Wish wish(Look seen) {
        return AnotherTry.of(seen);
    }
}
