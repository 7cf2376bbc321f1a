package dev.collectionalias.cli;

import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes the script by which a shell completes commands and options. */
@Command(name = "generate-completion", mixinStandardHelpOptions = true, description = "Writes a script by which bash completes commands and options: source <(kubectl-calias generate-completion)")
final class CompletionCommand implements Runnable {

    @Option(names = "--name", paramLabel = "NAME", defaultValue = "kubectl-calias", description = "The name of the program. Default: kubectl-calias.")
    private String name;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        spec.commandLine().getOut().print(AutoComplete.bash(name, new CommandLine(spec.root())));
        spec.commandLine().getOut().flush();
    }
}
