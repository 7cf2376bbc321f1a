package dev.collectionalias.gitops;

import java.time.Clock;
import java.util.Map;

import dev.collectionalias.cli.Terminal;
import picocli.CommandLine;

/** Adds the commands of this package to the program. */
public final class GitCommands {

    /** The exit code of every failure, also for a wrong command line. The code 2 says that there are changes. */
    static final int FAILED = 1;

    private GitCommands() {}

    /** @param environment may name a server and its token */
    public static void addTo(CommandLine program, Clock clock, Terminal terminal, Map<String, String> environment) {
        program.addSubcommand(new ExportCommand(clock, terminal, environment))
                .addSubcommand(new PlanCommand(clock, terminal, environment))
                .addSubcommand(new LintCommand(environment));
    }
}
