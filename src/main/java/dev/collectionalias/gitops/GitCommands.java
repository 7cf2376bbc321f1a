package dev.collectionalias.gitops;

import java.time.Clock;
import java.util.Map;

import dev.collectionalias.cli.Terminal;
import picocli.CommandLine;

/** The commands of this package, to be hung into the program. */
public final class GitCommands {

    /** What a wrong command line ends with, too: 2 says that there are changes. */
    static final int FAILED = 1;

    private GitCommands() {}

    /** @param environment by which a server and its token may be named */
    public static void addTo(CommandLine program, Clock clock, Terminal terminal, Map<String, String> environment) {
        program.addSubcommand(new ExportCommand(clock, terminal, environment))
                .addSubcommand(new PlanCommand(clock, terminal, environment))
                .addSubcommand(new LintCommand(environment));
    }
}
