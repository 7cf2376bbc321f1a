package dev.collectionalias.cli;

import java.time.Clock;

import picocli.CommandLine;

/** Adds the commands of this package to the program. */
public final class Commands {

    private Commands() {}

    /** @param clock by which the commands tell ages */
    public static void addTo(CommandLine program, Clock clock, Terminal terminal) {
        program.addSubcommand(new StatusCommand(clock, terminal))
                .addSubcommand(new HistoryCommand(clock))
                .addSubcommand(new PromoteCommand(terminal))
                .addSubcommand(new AbortCommand(terminal))
                .addSubcommand(new RollbackCommand(terminal))
                .addSubcommand(new RetryCommand(terminal))
                .addSubcommand(new CompletionCommand());
    }
}
