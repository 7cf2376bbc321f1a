package dev.collectionalias.gitops;

import java.time.Clock;
import java.util.Map;

import dev.collectionalias.cli.Terminal;
import dev.collectionalias.gitops.export.ExportCommand;
import dev.collectionalias.gitops.forecast.PlanCommand;
import dev.collectionalias.gitops.lint.LintCommand;
import picocli.CommandLine;

/** Adds the commands for Git work to the program. */
public final class GitCommands {

    private GitCommands() {}

    /** @param environment may name a server and its token */
    public static void addTo(CommandLine program, Clock clock, Terminal terminal, Map<String, String> environment) {
        program.addSubcommand(new ExportCommand(clock, terminal, environment))
                .addSubcommand(new PlanCommand(clock, terminal, environment))
                .addSubcommand(new LintCommand(environment));
    }
}
