package dev.collectionalias.cli;

import picocli.CommandLine.Command;

/** Approves a candidate. */
@Command(name = "promote", mixinStandardHelpOptions = true, description = "Approves the candidate, and waits until the operator has switched the alias to it.")
final class PromoteCommand extends RequestCommand {

    PromoteCommand(Terminal terminal) {
        super(terminal);
    }

    @Override
    Wish wish(Look seen) {
        return CandidateApproval.of(seen);
    }
}
